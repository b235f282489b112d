import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  DELIVERY_CHANNEL,
  type DeliverySignal,
} from '@waymark/backstage-plugin-argocd-delivery-common';
import type { WatchedEntities } from './entities/WatchedEntities';

export interface StatePublisherOptions {
  readonly watched: WatchedEntities;
  readonly signals: SignalsService;
  readonly logger: LoggerService;
}

/** A source concerns every page that may show its applications: told at once, but in messages of a sane size. */
const REFS_PER_SIGNAL = 500;

/** Tells open pages that a source went away or came back: no application changes by that, and nothing else would. */
export function createStatePublisher({ watched, signals, logger }: StatePublisherOptions) {
  return (source: string) => {
    const refs = watched.refsWithin(source);
    for (let start = 0; start < refs.length; start += REFS_PER_SIGNAL) {
      const message: DeliverySignal = {
        type: 'entities-changed',
        entityRefs: refs.slice(start, start + REFS_PER_SIGNAL),
      };
      signals
        .publish({ recipients: { type: 'broadcast' }, channel: DELIVERY_CHANNEL, message })
        .catch(error => logger.warn(`could not tell open pages about source ${source}`, error));
    }
  };
}
