import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { Flex, Text } from '@backstage/ui';
import type { EntityHealth } from '@waymark/backstage-plugin-workload-health-common';
import { Age, FailureNotice, LoadingLines } from '@waymark/card-kit';
import { useEntityHealth } from '../../hooks/useEntityHealth';
import { workloadHealthTranslationRef } from '../../translation';
import { ClusterNotices, leadingClusters } from '../ClusterNotices';
import { NoWorkloads } from '../NoWorkloads';
import { objectId } from '../objectId';
import { placesOf } from '../placesOf';
import { ReadinessLine } from '../Readiness';
import { worstFirst } from '../statusTone';
import { Verdict } from '../Verdict';

/** The first look at three in the morning: one sentence, one cause, one next step. */
export const HealthCard = () => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  const live = useEntityHealth();
  return (
    <EntityInfoCard
      title={t('card.title')}
      headerActions={live.state === 'loaded' ? <Origin health={live.value} /> : undefined}
    >
      <Content {...live} />
    </EntityInfoCard>
  );
};

const Content = (live: ReturnType<typeof useEntityHealth>) => {
  if (live.state === 'loading') return <LoadingLines />;
  if (live.state === 'failed')
    return <FailureNotice failure={live.failure} onRetry={live.reload} />;
  const { value, failure, entity, reload } = live;
  const { leading, following } = leadingClusters(value);
  const placeOf = placesOf(value.workloads);
  return (
    <Flex direction="column" gap="4">
      {failure && <FailureNotice failure={failure} onRetry={reload} stale />}
      <ClusterNotices clusters={leading} />
      {value.workloads.length === 0 && <NoWorkloads entity={entity} health={value} />}
      {worstFirst(value.workloads).map(workload => (
        <Verdict
          key={objectId(workload.cluster, workload.workload)}
          workload={workload}
          place={placeOf({ cluster: workload.cluster, namespace: workload.workload.namespace })}
        />
      ))}
      {value.workloads.length > 0 && (
        <ReadinessLine
          readiness={value.readiness}
          lastKnown={value.workloads.some(({ lastKnown }) => lastKnown)}
        />
      )}
      <ClusterNotices clusters={following} />
    </Flex>
  );
};

/** Where it runs and how old what is shown is. */
const Origin = ({ health }: { readonly health: EntityHealth }) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  const namespaces = [...new Set(health.workloads.map(({ workload }) => workload.namespace))];
  const contacts = health.clusters.flatMap(({ lastContact }) => lastContact ?? []).sort();
  return (
    <Text as="span" color="secondary" variant="body-small">
      {[...health.clusters.map(({ name, title }) => title ?? name), ...namespaces]
        .filter(Boolean)
        .join(' · ')}
      {contacts.length > 0 && (
        <>
          {' '}
          · {t('clusters.seen')} <Age since={contacts[0]} />
        </>
      )}
    </Text>
  );
};
