import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityInfoCard } from '@backstage/plugin-catalog-react';
import { Flex } from '@backstage/ui';
import type { DeliveryApplication } from '@waymark/backstage-plugin-argocd-delivery-common';
import { FailureNotice, LoadingLines } from '@waymark/card-kit';
import { useEntityDelivery } from '../../hooks/useEntityDelivery';
import { argocdDeliveryTranslationRef } from '../../translation';
import { Application } from '../Application';
import { NoApplications } from '../NoApplications';
import { SourceNotices } from '../SourceNotices';

/** Is my commit out, and can I ship? */
export const DeliveryCard = () => {
  const { t } = useTranslationRef(argocdDeliveryTranslationRef);
  return (
    <EntityInfoCard title={t('card.title')}>
      <Content {...useEntityDelivery()} />
    </EntityInfoCard>
  );
};

const Content = (live: ReturnType<typeof useEntityDelivery>) => {
  if (live.state === 'loading') return <LoadingLines />;
  if (live.state === 'failed')
    return <FailureNotice failure={live.failure} onRetry={live.reload} />;
  const { value, failure, outdated, entity, entityRef, reload } = live;
  const isLive = ({ source }: DeliveryApplication) =>
    value.sources.some(({ name, state }) => name === source && state === 'live');
  return (
    <Flex direction="column" gap="4">
      {failure && <FailureNotice failure={failure} onRetry={reload} stale />}
      <SourceNotices sources={value.sources} />
      {value.applications.length === 0 && <NoApplications entity={entity} delivery={value} />}
      {value.applications.map(application => (
        <Application
          key={application.id}
          entityRef={entityRef}
          application={application}
          lastKnown={outdated || !isLive(application)}
        />
      ))}
    </Flex>
  );
};
