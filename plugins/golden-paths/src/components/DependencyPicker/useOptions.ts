import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { OptionSection } from '@backstage/ui';
import type { Dependency } from '../../dependency/Dependency';
import { dependencyOfEntity } from '../../dependency/dependencyOfEntity';
import { formatAddress } from '../../dependency/formatAddress';
import type { CatalogSearch } from '../../hooks/useCatalogSearch';
import { findNameProblem } from '../../name/findNameProblem';
import { goldenPathsTranslationRef } from '../../translation';

/** Id of the option that adds what was typed. An entity reference always has a colon. */
export const TYPED = 'typed';

/** What the template takes as the name of a dependency. */
const LONGEST_NAME = 40;

export interface OptionsInput {
  readonly search: CatalogSearch;
  readonly typed?: Dependency;
  readonly chosen: readonly Dependency[];
}

/** The list below the box: an address that was typed, what the catalog has. What is chosen already is left out. */
export function useOptions({ search, typed, chosen }: OptionsInput): OptionSection[] {
  const { t } = useTranslationRef(goldenPathsTranslationRef);
  const taken = new Set(chosen.map(({ name }) => name));
  const offered = search.found.filter(({ metadata }) => !taken.has(metadata.name));
  const isService = ({ kind }: Entity) => kind.toLowerCase() === 'component';
  const option = (entity: Entity) => {
    const { name, title } = entity.metadata;
    const unfit = Boolean(findNameProblem(name, LONGEST_NAME));
    return {
      id: stringifyEntityRef(entity),
      label: title && title.toLowerCase() !== name ? `${name} (${title})` : name,
      description: unfit
        ? t('dependency.noServiceName')
        : formatAddress(dependencyOfEntity(entity)),
      disabled: unfit,
    };
  };
  const isOffered = typed && search.found.some(({ metadata }) => metadata.name === typed.name);
  const typedSection = {
    title: t('dependency.typed'),
    options:
      typed && !isOffered && !taken.has(typed.name)
        ? [{ id: TYPED, label: t('dependency.add', { address: formatAddress(typed) }) }]
        : [],
  };
  const isAddress = typed?.host || typed?.port;
  return [
    ...(isAddress ? [typedSection] : []),
    { title: t('dependency.services'), options: offered.filter(isService).map(option) },
    {
      title: t('dependency.resources'),
      options: offered.filter(entity => !isService(entity)).map(option),
    },
    {
      title: t('dependency.rest'),
      options: search.more
        ? [
            {
              id: 'more',
              label: t('dependency.more', { more: String(search.more) }),
              disabled: true,
            },
          ]
        : [],
    },
    // A bare word is half a search more often than the name of something.
    ...(isAddress ? [] : [typedSection]),
  ].filter(({ options }) => options.length);
}
