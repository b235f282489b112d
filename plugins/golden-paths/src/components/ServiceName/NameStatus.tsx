import { RELATION_OWNED_BY, type Entity } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  getEntityRelations,
  humanizeEntityRef,
  useEntityRefLink,
} from '@backstage/plugin-catalog-react';
import { Link, Text } from '@backstage/ui';
import type { NameHolder } from '../../hooks/useNameHolder';
import { goldenPathsTranslationRef } from '../../translation';

export interface NameStatusProps {
  readonly id: string;
  readonly name: string;
  /** What is wrong with the name itself, as a sentence. */
  readonly problem?: string;
  readonly suggestion?: string;
  readonly holder?: NameHolder;
}

/** What is known of a name, in one sentence that is read out when it changes. */
export const NameStatus = ({ id, name, problem, suggestion, holder }: NameStatusProps) => {
  const { t } = useTranslationRef(goldenPathsTranslationRef);
  const bad = Boolean(problem) || holder?.status === 'taken';
  return (
    <div id={id} role="status">
      <Text variant="body-small" color={bad ? 'danger' : 'secondary'}>
        {problem}
        {suggestion && ` ${t('name.suggestion', { suggestion })}`}
        {holder?.status === 'asking' && t('name.asking', { name })}
        {holder?.status === 'free' && t('name.free', { name })}
        {holder?.status === 'taken' && <Taken holder={holder.holder} />}
        {holder?.status === 'unknown' && t('name.unknown', { reason: holder.reason })}
      </Text>
    </div>
  );
};

const Taken = ({ holder }: { readonly holder: Entity }) => {
  const { t } = useTranslationRef(goldenPathsTranslationRef);
  const linkTo = useEntityRefLink();
  const [owner] = getEntityRelations(holder, RELATION_OWNED_BY);
  // In a tab of its own: the form is not saved anywhere.
  const name = (
    <Link href={linkTo(holder)} target="_blank" variant="body-small">
      {holder.metadata.name}
    </Link>
  );
  return owner
    ? t('name.taken', { name, owner: humanizeEntityRef(owner, { defaultKind: 'group' }) })
    : t('name.takenUnowned', { name });
};
