import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { ConflictError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type {
  DeliveryApplication,
  EntityDelivery,
  SyncRequest,
} from '@waymark/backstage-plugin-argocd-delivery-common';
import type { Application } from '../applications/Application';
import type { ApplicationIndex } from '../applications/ApplicationIndex';
import { applicationsOf } from '../entities/applicationsOf';
import { type ApplicationSelector, selectorOf } from '../entities/selectorOf';
import type { WatchedEntities } from '../entities/WatchedEntities';
import type { DeliverySource } from '../sources/DeliverySource';
import { commitUrl } from './commitUrl';

export interface DeliveryServiceOptions {
  readonly sources: readonly DeliverySource[];
  readonly index: ApplicationIndex;
  readonly watched: WatchedEntities;
  readonly now: () => Date;
}

/** Answers about entities from the index alone: no page view reaches Argo CD. */
export class DeliveryService {
  readonly #options: DeliveryServiceOptions;

  constructor(options: DeliveryServiceOptions) {
    this.#options = options;
  }

  /** `maySync`: whether the caller holds the permission on this entity. */
  deliveryOf(entity: Entity, maySync: boolean): EntityDelivery {
    const { index, sources, watched, now } = this.#options;
    const selector = selectorOf(entity);
    watched.add(selector);
    const { applications, mapping } = applicationsOf(selector, index.all());
    return {
      entityRef: stringifyEntityRef(entity),
      applications: applications.map(application =>
        this.#present(application, this.#syncAction(selector, application, maySync)),
      ),
      sources: sources.map(({ state }) => state),
      mapping,
      at: now().toISOString(),
    };
  }

  /** The application is found among those of the entity, never by the client's word alone. */
  async sync(entity: Entity, id: string, request: SyncRequest, user: string): Promise<Application> {
    const selector = selectorOf(entity);
    const { applications } = applicationsOf(selector, this.#options.index.all());
    const application = applications.find(candidate => candidate.id === id);
    if (!application)
      throw new NotFoundError(`${stringifyEntityRef(entity)} has no such application`);
    if (isAnothers(selector, application))
      throw new NotAllowedError(
        `${application.name} belongs to ${application.entityRef}: sync it from that page`,
      );
    const source = this.#sourceOf(application);
    if (!source?.sync)
      throw new ConflictError(
        `${application.source} is read through Kubernetes: syncing needs a source of type api`,
      );
    await source.sync(application, { ...request, user });
    return application;
  }

  #sourceOf({ source }: Application) {
    return this.#options.sources.find(({ name }) => name === source);
  }

  #present(
    application: Application,
    sync: DeliveryApplication['actions']['sync'],
  ): DeliveryApplication {
    const {
      labels: _labels,
      entityRef: _entityRef,
      repositories: _repositories,
      ...shown
    } = application;
    const url = this.#sourceOf(application)?.pageOf(application);
    return {
      ...shown,
      revisions: shown.revisions.map(withCommitUrl),
      history: shown.history.map(deployment => ({
        ...deployment,
        revisions: deployment.revisions.map(withCommitUrl),
      })),
      ...(url && { url }),
      actions: { sync },
    };
  }

  #syncAction(
    selector: ApplicationSelector,
    application: Application,
    maySync: boolean,
  ): DeliveryApplication['actions']['sync'] {
    const source = this.#sourceOf(application);
    const { operation } = application;
    if (!source?.sync) return { allowed: false, reason: 'no-api' };
    if (!maySync) return { allowed: false, reason: 'not-permitted' };
    if (isAnothers(selector, application)) return { allowed: false, reason: 'another-entity' };
    if (source.state.state !== 'live') return { allowed: false, reason: 'source-stale' };
    if (operation?.phase === 'Running' || operation?.phase === 'Terminating') {
      return { allowed: false, reason: 'operation-running' };
    }
    return { allowed: true };
  }
}

/**
 * Whether an application names another entity as its own. An annotation in a catalog file is enough to look at any
 * application; it must not be enough to sync it.
 */
const isAnothers = (selector: ApplicationSelector, { entityRef }: Application) =>
  entityRef !== undefined && entityRef !== selector.entityRef;

function withCommitUrl<T extends { repoUrl: string; revision?: string }>(revision: T): T {
  const url = commitUrl(revision.repoUrl, revision.revision);
  return url ? { ...revision, commitUrl: url } : revision;
}
