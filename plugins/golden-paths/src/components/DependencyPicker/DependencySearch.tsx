import { type KeyboardEvent, useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Combobox, Text } from '@backstage/ui';
import { ScaffolderField } from '../../blueprints';
import type { Dependency } from '../../dependency/Dependency';
import { dependencyOfEntity } from '../../dependency/dependencyOfEntity';
import { parseAddress } from '../../dependency/parseAddress';
import { type CatalogFilter, useCatalogSearch } from '../../hooks/useCatalogSearch';
import { goldenPathsTranslationRef } from '../../translation';
import { TYPED, useOptions } from './useOptions';

export interface DependencySearchProps {
  readonly id: string;
  readonly label?: string;
  readonly description?: string;
  readonly isDisabled: boolean;
  readonly filter: CatalogFilter;
  readonly chosen: readonly Dependency[];
  readonly onAdd: (dependency: Dependency) => void;
}

/** One box for both ways: what is typed is searched in the catalog, and offered as an address where it is one. */
export const DependencySearch = ({
  filter,
  chosen,
  onAdd,
  description,
  ...field
}: DependencySearchProps) => {
  const { t } = useTranslationRef(goldenPathsTranslationRef);
  const [text, setText] = useState('');
  const search = useCatalogSearch(text.trim(), filter);
  const typed = parseAddress(text);
  const options = useOptions({ search, typed, chosen });
  const add = (dependency: Dependency | undefined) => {
    if (dependency) onAdd(dependency);
    setText('');
  };
  // Somebody who knows the name need not look into the list.
  const named = search.found.find(({ metadata }) => metadata.name === text.trim());
  const meant = named ? dependencyOfEntity(named) : typed;
  const pick = (key: unknown) => {
    const entity = search.found.find(candidate => stringifyEntityRef(candidate) === key);
    if (entity) add(dependencyOfEntity(entity));
    else if (key === TYPED) add(typed);
    // Left without a choice: an address was typed in full and is meant, a bare word may be half a search.
    else add(typed?.host || typed?.port ? typed : undefined);
  };
  // Without a marked option, Enter would only close the list, and Escape would count as leaving.
  const takeKey = (event: KeyboardEvent<HTMLElement>) => {
    const marked = (event.target as HTMLElement).getAttribute('aria-activedescendant');
    if (!text || marked || (event.key !== 'Enter' && event.key !== 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') setText('');
    else if (meant) add(meant);
  };
  const nothing = search.status === 'found' && !options.length && text.trim();
  const status = (
    <Text as="p" role="status" variant="body-small" color="danger">
      {search.status === 'failed' && t('dependency.unknown', { reason: search.reason })}
      {nothing && t('dependency.notOffered', { text: nothing })}
    </Text>
  );
  return (
    <ScaffolderField rawDescription={description} errors={status}>
      <div onKeyDownCapture={takeKey}>
        <Combobox
          {...field}
          placeholder={t('dependency.placeholder')}
          menuTrigger="focus"
          allowsEmptyCollection
          options={options}
          search={{ mode: 'server', inputValue: text, onInputChange: setText }}
          loading={{ state: search.status === 'searching' ? 'loading' : 'idle' }}
          selectedKey={null}
          onSelectionChange={pick}
        />
      </div>
    </ScaffolderField>
  );
};
