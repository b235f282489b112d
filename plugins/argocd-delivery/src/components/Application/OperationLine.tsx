import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Text } from '@backstage/ui';
import type { DeliveryOperation } from '@waymark/backstage-plugin-argocd-delivery-common';
import { Age, StatusMark } from '@waymark/card-kit';
import { argocdDeliveryTranslationRef } from '../../translation';
import { operationTone } from '../tones';

/**
 * The last operation: progress while it runs, its end and Argo CD's own words afterwards. A screen reader is told of a
 * new phase and of who asked for it, and not of an age that ticks.
 */
export const OperationLine = ({
  operation,
  lastKnown,
}: {
  readonly operation: DeliveryOperation;
  /** An end stays what it was; whether an operation still runs, nobody can tell. */
  readonly lastKnown: boolean;
}) => {
  const { t } = useTranslationRef(argocdDeliveryTranslationRef);
  const { phase, message, startedAt, finishedAt, by } = operation;
  const at = finishedAt ?? startedAt;
  return (
    <Flex gap="2" align="baseline" style={{ flexWrap: 'wrap' }}>
      <Text as="span">{t('facts.lastSync')}</Text>
      <span role="status">
        <StatusMark
          tone={operationTone[phase]}
          label={t(`operation.${phase}`)}
          lastKnown={lastKnown && isRunning(operation)}
        />{' '}
        <Text as="span" color="secondary">
          {by && t('facts.by', { by })}
        </Text>
      </span>
      <Text as="span" color="secondary">
        {at && <Age since={at} />}
      </Text>
      {message && phase !== 'Succeeded' && <Text as="p">{message}</Text>}
    </Flex>
  );
};

const isRunning = ({ phase }: DeliveryOperation) => phase === 'Running' || phase === 'Terminating';
