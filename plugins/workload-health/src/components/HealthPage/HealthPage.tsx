import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Container, Flex, Text } from '@backstage/ui';
import type { EntityHealth } from '@waymark/backstage-plugin-workload-health-common';
import { FailureNotice, LoadingLines } from '@waymark/card-kit';
import type { ReactNode } from 'react';
import { useEntityHealth } from '../../hooks/useEntityHealth';
import { workloadHealthTranslationRef } from '../../translation';
import { ClusterNotices, leadingClusters } from '../ClusterNotices';
import { GuardsTable } from '../GuardsTable';
import { NoWorkloads } from '../NoWorkloads';
import { placesOf } from '../placesOf';
import { PodsTable } from '../PodsTable';
import { Readiness } from '../Readiness';
import { worstFirst } from '../statusTone';
import { Verdict } from '../Verdict';
import { WorkloadsTable } from '../WorkloadsTable';
import styles from './HealthPage.module.css';

/** Everything that is known of an entity's workloads, the verdict first. */
export const HealthPage = () => {
  const live = useEntityHealth();
  if (live.state === 'loading') return <LoadingLines lines={8} />;
  if (live.state === 'failed')
    return <FailureNotice failure={live.failure} onRetry={live.reload} />;
  const { value, failure, entity, reload } = live;
  const worst = worstFirst(value.workloads).at(0);
  const { leading, following } = leadingClusters(value);
  return (
    <Container>
      <Flex direction="column" gap="6">
        {failure && <FailureNotice failure={failure} onRetry={reload} stale />}
        <ClusterNotices clusters={leading} />
        {worst ? (
          <>
            <Verdict
              workload={worst}
              place={placesOf(value.workloads)({
                cluster: worst.cluster,
                namespace: worst.workload.namespace,
              })}
            />
            <ClusterNotices clusters={following} />
            <Details health={value} />
          </>
        ) : (
          <NoWorkloads entity={entity} health={value} />
        )}
      </Flex>
    </Container>
  );
};

const Details = ({ health: { workloads, readiness } }: { readonly health: EntityHealth }) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  return (
    <>
      <Section title={t('page.workloads')}>
        <WorkloadsTable workloads={workloads} />
      </Section>
      <Section title={t('page.pods')}>
        <PodsTable workloads={workloads} />
      </Section>
      <Section title={t('page.guards')}>
        <GuardsTable workloads={workloads} />
      </Section>
      <Section title={t('page.readiness')}>
        <Readiness readiness={readiness} lastKnown={workloads.some(({ lastKnown }) => lastKnown)} />
      </Section>
    </>
  );
};

const Section = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <section aria-label={title}>
    <Text as="h2" variant="title-small" weight="bold">
      {title}
    </Text>
    <div className={styles.wide}>{children}</div>
  </section>
);
