import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Checkbox,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Flex,
  Text,
} from '@backstage/ui';
import type { DeliveryApplication } from '@waymark/backstage-plugin-argocd-delivery-common';
import { useState } from 'react';
import { argocdDeliveryTranslationRef } from '../../translation';
import { shortRevision } from '../Revision';

export interface SyncDialogProps {
  readonly application: DeliveryApplication;
  readonly onConfirm: (prune: boolean) => void;
}

/** What the dialog holds. It lives as long as the dialog is open, so that nobody prunes by a tick of another time. */
export const SyncDialog = ({ application, onConfirm }: SyncDialogProps) => {
  const { t } = useTranslationRef(argocdDeliveryTranslationRef);
  const [prune, setPrune] = useState(false);
  const { destination, name, revisions } = application;
  const where = [destination.cluster ?? destination.server, destination.namespace]
    .filter(Boolean)
    .join(' · ');
  const what = revisions
    .map(revision => revision.targetRevision ?? shortRevision(revision) ?? '?')
    .join(', ');
  return (
    <>
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
        <Button slot="close" variant="primary" onPress={() => onConfirm(prune)}>
          {t('sync.confirm')}
        </Button>
        <Button slot="close" variant="secondary">
          {t('sync.cancel')}
        </Button>
      </DialogFooter>
    </>
  );
};
