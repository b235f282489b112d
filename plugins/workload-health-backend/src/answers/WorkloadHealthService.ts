import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type {
  ClusterHealth,
  EntityHealth,
  EntityStatuses,
} from '@waymark/backstage-plugin-workload-health-common';
import type { Clock } from '@waymark/cluster-watch';
import type { EntityDirectory } from '../entities/EntityDirectory';
import type { EntitySelector } from '../entities/EntitySelector';
import { selectorOf } from '../entities/selectorOf';
import { clusterStanding, type ClusterStanding, type ConfiguredCluster } from './clusterStanding';
import { entityHealthOf } from './entityHealthOf';
import { entityStatusOf } from './entityStatusOf';
import type { SubjectDetailsReader } from './SubjectDetails';
import type { SubjectDirectory } from './SubjectDirectory';
import { versionOf } from './versionOf';

export interface WorkloadHealthServiceOptions {
  readonly clusters: readonly ConfiguredCluster[];
  readonly directory: SubjectDirectory;
  readonly details: SubjectDetailsReader;
  readonly entities: EntityDirectory;
  readonly clock: Clock;
  readonly logger: LoggerService;
}

/** An answer that is made only for those who do not have it yet. */
export interface EntityView {
  readonly entityRef: string;
  readonly version: string;
  readonly health: () => Promise<EntityHealth>;
}

/** Answers from what the collectors wrote; asks no cluster. Whether the caller may see the entity is decided before. */
export class WorkloadHealthService {
  readonly #options: WorkloadHealthServiceOptions;

  constructor(options: WorkloadHealthServiceOptions) {
    this.#options = options;
  }

  async viewOf(entity: Entity): Promise<EntityView> {
    const { directory, details, clock } = this.#options;
    const entityRef = stringifyEntityRef(entity);
    const selector = selectorOf(entity);
    await directory.sync();
    const now = new Date(clock.now());
    const clusters = this.#standings(now);
    const entries = selector ? this.#ownedBy(selector, clusters) : [];
    if (selector) this.#remember(entityRef, selector);
    return {
      entityRef,
      version: versionOf({ selector, entries, clusters }),
      health: async () => {
        const subjects = await details.read(entries);
        return entityHealthOf({ entityRef, selector, subjects, clusters, now });
      },
    };
  }

  async statusesOf(entities: readonly Entity[]): Promise<EntityStatuses> {
    const { directory, clock } = this.#options;
    await directory.sync();
    const now = new Date(clock.now());
    const standings = this.#standings(now);
    const standingOf = (cluster: string) => standings.get(cluster);
    const items = entities.flatMap(entity => {
      const selector = selectorOf(entity);
      if (!selector) return [];
      const entries = this.#ownedBy(selector, standings);
      const status = entityStatusOf({ selector, entries, standingOf, now });
      return status ? [{ entityRef: stringifyEntityRef(entity), ...status }] : [];
    });
    return { items };
  }

  async clusters(): Promise<ClusterHealth[]> {
    const { directory, clock } = this.#options;
    await directory.sync();
    return [...this.#standings(new Date(clock.now())).values()].map(({ health }) => health);
  }

  /** Rows outlive the configuration of their cluster, for it may come back; until then nobody asks about them. */
  #ownedBy(selector: EntitySelector, clusters: ReadonlyMap<string, ClusterStanding>) {
    const entries = this.#options.directory.ownedBy(selector);
    return entries.filter(({ owned }) => clusters.has(owned.cluster));
  }

  #standings(now: Date): ReadonlyMap<string, ClusterStanding> {
    const { clusters, directory } = this.#options;
    return new Map(
      clusters.map(cluster => [
        cluster.name,
        clusterStanding(cluster, directory.stateOf(cluster.name), now),
      ]),
    );
  }

  /** The page does not wait for it, and is right without it: only its live updates depend on it. */
  #remember(entityRef: string, selector: NonNullable<ReturnType<typeof selectorOf>>) {
    const { entities, logger } = this.#options;
    entities
      .remember(entityRef, selector)
      .catch(error => logger.warn(`cannot note how ${entityRef} is found`, error));
  }
}
