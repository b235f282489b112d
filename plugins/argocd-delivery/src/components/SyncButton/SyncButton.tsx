import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Checkbox,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import type { DeliveryApplication } from '@waymark/backstage-plugin-argocd-delivery-common';
import { useState } from 'react';
import { useSync } from '../../hooks/useSync';
import { argocdDeliveryTranslationRef } from '../../translation';
import { shortRevision } from '../Revision';

export interface SyncButtonProps {
  readonly entityRef: string;
  readonly application: DeliveryApplication;
}

/** Enabled only if it will work; else it says why not. Asks once, naming what will be applied where. */
export const SyncButton = ({ entityRef, application }: SyncButtonProps) => {
  const { t } = useTranslationRef(argocdDeliveryTranslationRef);
  const { actions, destination, name, revisions } = application;
  const { request, sync } = useSync(entityRef, application);
  const [prune, setPrune] = useState(false);
  if (!actions.sync.allowed) {
    return (
      <Flex gap="2" align="center">
        <Button size="small" variant="secondary" isDisabled>
          {t('sync.button')}
        </Button>
        <Text as="span" color="secondary" variant="body-small">
          {t(`sync.blocked.${actions.sync.reason}`)}
        </Text>
      </Flex>
    );
  }
  const where = [destination.cluster ?? destination.server, destination.namespace]
    .filter(Boolean)
    .join(' · ');
  const what = revisions
    .map(revision => revision.targetRevision ?? shortRevision(revision) ?? '?')
    .join(', ');
  return (
    <Flex gap="2" align="center">
      <DialogTrigger>
        <Button size="small" variant="secondary" isPending={request.state === 'pending'}>
          {t('sync.button')}
        </Button>
        <Dialog>
          <DialogHeader>{t('sync.title', { name })}</DialogHeader>
          <DialogBody>
            <Flex direction="column" gap="3">
              <Text as="p">{t('sync.explanation', { revision: what, destination: where })}</Text>
              <Checkbox isSelected={prune} onChange={setPrune}>
                {t('sync.prune')}
              </Checkbox>
            </Flex>
          </DialogBody>
          <DialogFooter>
            <Button slot="close" variant="primary" onPress={() => sync(prune)}>
              {t('sync.confirm')}
            </Button>
            <Button slot="close" variant="secondary">
              {t('sync.cancel')}
            </Button>
          </DialogFooter>
        </Dialog>
      </DialogTrigger>
      <Text as="span" role="status" color={request.state === 'refused' ? 'danger' : 'secondary'}>
        {request.state === 'taken' && t('sync.started', { name })}
        {request.state === 'refused' && t('sync.refused', { name, message: request.message })}
      </Text>
    </Flex>
  );
};
