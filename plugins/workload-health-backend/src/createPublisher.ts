import type { LoggerService } from '@backstage/backend-plugin-api';
import type { SignalsService } from '@backstage/plugin-signals-node';
import {
  HEALTH_CHANNEL,
  type HealthSignal,
} from '@waymark/backstage-plugin-workload-health-common';
import type { Clock } from '@waymark/cluster-watch';
import type { EntityDirectory } from './entities/EntityDirectory';
import type { Owned } from './entities/EntitySelector';

export interface PublisherOptions {
  readonly entities: EntityDirectory;
  readonly signals: SignalsService;
  readonly clock: Clock;
  readonly logger: LoggerService;
}

/** A cluster that goes stale concerns every entity in it: told at once, but in messages of a sane size. */
const REFS_PER_SIGNAL = 500;
/** Changes that come together are told together. */
const GATHER_MS = 50;

/** Tells open pages which entities changed; what became of them they fetch with their own permissions. */
export function createPublisher({ entities, signals, clock, logger }: PublisherOptions) {
  let waiting: Owned[] = [];

  async function tell() {
    const changed = waiting;
    waiting = [];
    const entityRefs = await entities.entitiesOf(changed);
    for (let start = 0; start < entityRefs.length; start += REFS_PER_SIGNAL) {
      await signals.publish<HealthSignal>({
        recipients: { type: 'broadcast' },
        channel: HEALTH_CHANNEL,
        message: {
          type: 'entities-changed',
          entityRefs: entityRefs.slice(start, start + REFS_PER_SIGNAL),
        },
      });
    }
  }

  return (changed: readonly Owned[]) => {
    if (!changed.length) return;
    if (!waiting.length) {
      clock.schedule(GATHER_MS, () => {
        tell().catch(error => logger.warn('cannot tell open pages of a change', error));
      });
    }
    for (const workload of changed) waiting.push(workload);
  };
}
