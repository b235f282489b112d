import type { Entity } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { ANNOTATIONS, type EntityHealth } from '@waymark/backstage-plugin-workload-health-common';
import { Command, EmptyNotice } from '@waymark/card-kit';
import { workloadHealthTranslationRef } from '../../translation';

/**
 * What the card is for, and the one step to get it, already filled in. While something could not be read, that is no
 * step: the workloads may well be there, and the notices say what to do about it.
 */
export const NoWorkloads = ({
  entity,
  health,
}: {
  readonly entity: Entity;
  readonly health: EntityHealth;
}) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  const unread = health.clusters.filter(
    ({ state, forbidden }) => state !== 'live' || forbidden.length,
  );
  if (unread.length) {
    return (
      <EmptyNotice title={t('empty.unknown')}>
        <Text as="p">
          {t('empty.unread', { names: unread.map(({ name }) => name).join(', ') })}
        </Text>
      </EmptyNotice>
    );
  }
  return (
    <EmptyNotice title={t('empty.title')}>
      {health.clusters.length === 0 ? (
        <Text as="p">{t('empty.noClusters')}</Text>
      ) : (
        <>
          <Text as="p">{t('empty.explanation')}</Text>
          <Command text={`${ANNOTATIONS.id}: ${entity.metadata.name}`} />
          <Text as="p" color="secondary">
            {health.mapping.selectors.join(', ')}
          </Text>
        </>
      )}
    </EmptyNotice>
  );
};
