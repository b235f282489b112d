import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert } from '@backstage/ui';
import type { DeliverySource } from '@waymark/backstage-plugin-argocd-delivery-common';
import { Age } from '@waymark/card-kit';
import { argocdDeliveryTranslationRef } from '../../translation';

/** Argo CDs that do not answer, each with its reason and the age of what is shown of it. */
export const SourceNotices = ({ sources }: { readonly sources: readonly DeliverySource[] }) => {
  const { t } = useTranslationRef(argocdDeliveryTranslationRef);
  return (
    <>
      {sources.map(({ name, state, message, lastContact }) =>
        state === 'live' ? null : (
          <Alert
            key={name}
            status={state === 'connecting' ? 'info' : 'warning'}
            icon
            title={t(`source.${state}`, { name })}
            description={
              <>
                {message}{' '}
                {lastContact && (
                  <>
                    ({t('source.seen')} <Age since={lastContact} />)
                  </>
                )}
              </>
            }
          />
        ),
      )}
    </>
  );
};
