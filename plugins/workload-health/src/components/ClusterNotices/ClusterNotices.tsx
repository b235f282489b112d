import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { ClusterHealth } from '@waymark/backstage-plugin-workload-health-common';
import { Age } from '@waymark/card-kit';
import { workloadHealthTranslationRef } from '../../translation';

/** Clusters of which less than everything is known, each with the reason in the API server's own words. */
export const ClusterNotices = ({ clusters }: { readonly clusters: readonly ClusterHealth[] }) => {
  const { t } = useTranslationRef(workloadHealthTranslationRef);
  return (
    <>
      {clusters.map(cluster => {
        const { name, state, lastContact, message, nextStep } = cluster;
        if (state === 'live') return null;
        return (
          <Alert
            key={name}
            status={state === 'listing' ? 'info' : 'warning'}
            icon
            title={t(`clusters.${state}`, { name })}
            description={
              <>
                {message && `${message.replace(/\.?$/, '.')} `}
                {lastContact ? t('clusters.lastKnown') : t('clusters.nothingKnown')}{' '}
                {lastContact && (
                  <>
                    ({t('clusters.seen')} <Age since={lastContact} />)
                  </>
                )}{' '}
                {nextStep}
              </>
            }
          />
        );
      })}
      {clusters.flatMap(({ name, forbidden }) =>
        forbidden.map(({ kind, verb, resource, message }) => (
          <Alert
            key={`${name}/${kind}`}
            status="warning"
            icon
            title={t('clusters.forbidden', { name, resource })}
            description={t('clusters.grant', { verb, resource, message })}
          />
        )),
      )}
    </>
  );
};
