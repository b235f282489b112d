import type { LoggerService } from '@backstage/backend-plugin-api';
import type { MetricsServiceCounter } from '@backstage/backend-plugin-api/alpha';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DELIVERY_CHANNEL,
  type DeliverySignal,
} from '@waymark/backstage-plugin-argocd-delivery-common';
import type { Application } from '../applications/Application';
import type { WatchedEntities } from '../entities/WatchedEntities';

export interface PublisherOptions {
  readonly watched: WatchedEntities;
  readonly signals: SignalsService;
  readonly logger: LoggerService;
  readonly changes: MetricsServiceCounter;
}

/** Tells open pages which entities changed, never what: they fetch it with their own permissions. */
export function createPublisher({ watched, signals, logger, changes }: PublisherOptions) {
  return (application: Application) => {
    changes.add(1, { source: application.source });
    const entityRefs = watched.refsOf(application);
    if (!entityRefs.length) return;
    const message: DeliverySignal = { type: 'entities-changed', entityRefs };
    signals
      .publish({ recipients: { type: 'broadcast' }, channel: DELIVERY_CHANNEL, message })
      .catch(error => logger.warn(`could not tell open pages about ${application.name}`, error));
  };
}
