import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { DeliveryOperation } from '@waymark/backstage-plugin-argocd-delivery-common';
import { Age, StatusMark } from '@waymark/card-kit';
import { argocdDeliveryTranslationRef } from '../../translation';
import { operationTone } from '../tones';

/** The last operation: progress while it runs, its end and Argo CD's own words afterwards. */
export const OperationLine = ({ operation }: { readonly operation: DeliveryOperation }) => {
  const { t } = useTranslationRef(argocdDeliveryTranslationRef);
  const { phase, message, startedAt, finishedAt, by } = operation;
  const at = finishedAt ?? startedAt;
  return (
    <Flex gap="2" align="baseline" style={{ flexWrap: 'wrap' }} role="status">
      <Text as="span">{t('facts.lastSync')}</Text>
      <StatusMark tone={operationTone[phase]} label={t(`operation.${phase}`)} />
      <Text as="span" color="secondary">
        {at && <Age since={at} />} {by && t('facts.by', { by })}
      </Text>
      {message && phase !== 'Succeeded' && <Text as="p">{message}</Text>}
    </Flex>
  );
};
