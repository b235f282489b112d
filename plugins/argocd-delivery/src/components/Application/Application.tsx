import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Flex, Link, Text } from '@backstage/ui';
import type { DeliveryApplication } from '@waymark/backstage-plugin-argocd-delivery-common';
import { StatusMark } from '@waymark/card-kit';
import { argocdDeliveryTranslationRef } from '../../translation';
import { History } from '../History';
import { SyncButton } from '../SyncButton';
import { healthTone, syncTone } from '../tones';
import { ApplicationFacts } from './ApplicationFacts';
import { OperationLine } from './OperationLine';

export interface ApplicationProps {
  readonly entityRef: string;
  readonly application: DeliveryApplication;
  /** Its source does not answer: what is shown was so. */
  readonly lastKnown: boolean;
}

/** One Argo CD application: its two verdicts first, then what is deployed where, then what went wrong. */
export const Application = ({ entityRef, application, lastKnown }: ApplicationProps) => {
  const { t } = useTranslationRef(argocdDeliveryTranslationRef);
  const { name, sync, health, url, operation, history } = application;
  return (
    <Flex direction="column" gap="2">
      <Flex gap="4" align="baseline" style={{ flexWrap: 'wrap' }}>
        <Text as="span" weight="bold">
          {url ? (
            <Link href={url} aria-label={`${name}: ${t('card.open')}`}>
              {name}
            </Link>
          ) : (
            name
          )}
        </Text>
        <StatusMark
          tone={syncTone[sync.status]}
          label={t(`sync.${sync.status}`)}
          lastKnown={lastKnown}
        />
        <StatusMark
          tone={healthTone[health.status]}
          label={t(`health.${health.status}`)}
          lastKnown={lastKnown}
        />
      </Flex>
      {health.message && <Text as="p">{health.message}</Text>}
      {sync.conditions.map(({ type, message }) => (
        <Text as="p" color="danger" key={type}>
          {type}: {message}
        </Text>
      ))}
      {operation && <OperationLine operation={operation} lastKnown={lastKnown} />}
      <ApplicationFacts application={application} />
      <SyncButton entityRef={entityRef} application={application} />
      <History history={history} />
    </Flex>
  );
};
