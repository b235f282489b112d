import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Dialog, DialogTrigger, Flex, Text } from '@backstage/ui';
import type { DeliveryApplication } from '@waymark/backstage-plugin-argocd-delivery-common';
import { useSync } from '../../hooks/useSync';
import { argocdDeliveryTranslationRef } from '../../translation';
import { SyncDialog } from './SyncDialog';

export interface SyncButtonProps {
  readonly entityRef: string;
  readonly application: DeliveryApplication;
}

/** Enabled only if it will work; else it says why not. Asks once, naming what will be applied where. */
export const SyncButton = ({ entityRef, application }: SyncButtonProps) => {
  const { t } = useTranslationRef(argocdDeliveryTranslationRef);
  const { actions, name } = application;
  const { request, sync } = useSync(entityRef, application);
  return (
    <Flex gap="2" align="center">
      {actions.sync.allowed ? (
        <DialogTrigger>
          <Button size="small" variant="secondary" isPending={request.state === 'pending'}>
            {t('sync.button')}
          </Button>
          <Dialog>
            <SyncDialog application={application} onConfirm={sync} />
          </Dialog>
        </DialogTrigger>
      ) : (
        <>
          <Button size="small" variant="secondary" isDisabled>
            {t('sync.button')}
          </Button>
          <Text as="span" color="secondary" variant="body-small">
            {t(`sync.blocked.${actions.sync.reason}`)}
          </Text>
        </>
      )}
      <Text as="span" role="status" color={request.state === 'refused' ? 'danger' : 'secondary'}>
        {request.state === 'taken' && t('sync.started', { name })}
        {request.state === 'refused' && t('sync.refused', { name, message: request.message })}
      </Text>
    </Flex>
  );
};
