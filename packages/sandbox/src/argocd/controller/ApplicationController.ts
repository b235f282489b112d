import equal from 'fast-deep-equal';
import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import type { Change } from '../../kubernetes/store/Change';
import { timestamp } from '../../kubernetes/store/transitions';
import {
  type Application,
  APPLICATION_API,
  type ApplicationCondition,
  type ApplicationStatus,
  ARGOCD_NAMESPACE,
} from '../application/Application';
import { TrackedObjects } from '../compare/TrackedObjects';
import type { ManifestSource } from '../source/ManifestSource';
import { OperationRunner } from '../sync/OperationRunner';
import { mergeConditions } from './conditions';
import { decideAutoSync } from './decideAutoSync';
import { removeDeployed } from './removeDeployed';
import { type Comparison, type Loaded, reconcile } from './reconcile';
import { type RefreshLevel, RefreshQueue } from './RefreshQueue';
import { specProblem } from './specProblem';

export interface ControllerOptions {
  cluster: KubernetesCluster;
  source: ManifestSource;
  /** How often every repository is asked again by itself. */
  pollSeconds: number;
}

const REFRESH_ANNOTATION = 'argocd.argoproj.io/refresh';

// One rollout is dozens of changes: they are looked at together.
const BURST_MS = 50;

/** Keeps every Application object of the `argocd` namespace compared, synced and described. */
export class ApplicationController {
  private readonly tracked: TrackedObjects;
  private readonly queue: RefreshQueue;
  private readonly operations = new Map<string, Promise<void>>();
  private readonly loaded = new Map<string, { spec: Application['spec']; loaded: Loaded }>();
  private readonly runner: OperationRunner;
  private readonly stopping = new AbortController();
  private readonly stopWatching: () => void;

  private constructor(private readonly options: ControllerOptions) {
    const { cluster, source } = options;
    this.tracked = TrackedObjects.of(cluster);
    const { signal } = this.stopping;
    this.runner = new OperationRunner({ cluster, source, tracked: this.tracked, signal });
    this.queue = new RefreshQueue({
      refresh: (name, level) => this.refreshNow(name, level),
      onError: error => process.emitWarning(error),
      later: task => cluster.timeline.after(BURST_MS, task),
    });
    this.stopWatching = cluster.watch(change => this.observe(change));
  }

  static start(options: ControllerOptions): ApplicationController {
    const controller = new ApplicationController(options);
    for (const application of controller.applications()) controller.take(application);
    controller.poll();
    return controller;
  }

  /** Resolves when the application has been looked at again. */
  refresh(name: string, level: RefreshLevel): Promise<void> {
    return this.queue.request(name, level);
  }

  applications(): Application[] {
    const kind = { kind: 'Application', apiVersion: APPLICATION_API } as const;
    return this.options.cluster.list(kind, { namespace: ARGOCD_NAMESPACE }) as Application[];
  }

  get(name: string): Application | undefined {
    const { cluster } = this.options;
    const ref = { apiVersion: APPLICATION_API, kind: 'Application', namespace: ARGOCD_NAMESPACE };
    return cluster.get({ ...ref, name }) as Application | undefined;
  }

  /** Waits for operations to let go. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.stopWatching();
    this.queue.stop();
    await Promise.allSettled(this.operations.values());
  }

  private poll(): void {
    const { cluster, pollSeconds } = this.options;
    cluster.timeline.after(pollSeconds * 1000, () => {
      if (this.stopping.signal.aborted) return;
      for (const { metadata } of this.applications()) this.queue.request(metadata.name, 'latest');
      this.poll();
    });
  }

  private observe(change: Change): void {
    this.tracked.observe(change);
    const { object, previous } = change;
    if (isOwnApplication(object)) {
      if (change.type === 'DELETED') this.loaded.delete(object.metadata.name);
      else this.take(object, previous as Application | undefined);
    }
    const concerned = new Set(
      [object, previous].map(version => version && this.tracked.applicationOf(version)),
    );
    for (const name of concerned) if (name && this.get(name)) this.queue.request(name, 'compare');
  }

  /** Our own writes to the status come here too and must not lead to more of them. */
  private take(application: Application, previous?: Application): void {
    const { metadata, spec, operation } = application;
    const asked = metadata.annotations?.[REFRESH_ANNOTATION];
    if (asked) this.queue.request(metadata.name, asked === 'hard' ? 'hard' : 'latest');
    else if (!previous || !equal(previous.spec, spec)) this.queue.request(metadata.name, 'latest');
    else if (metadata.deletionTimestamp) this.queue.request(metadata.name, 'compare');
    if (operation && !this.operations.has(metadata.name)) this.operate(application);
  }

  private operate(application: Application): void {
    const { name } = application.metadata;
    const running = this.runner.run(application).finally(() => {
      this.operations.delete(name);
      if (this.stopping.signal.aborted) return;
      this.queue.request(name, 'latest');
      const current = this.get(name);
      if (current?.operation) this.operate(current);
    });
    this.operations.set(name, running);
  }

  private async refreshNow(name: string, level: RefreshLevel): Promise<void> {
    const application = this.get(name);
    if (!application) return;
    if (application.metadata.deletionTimestamp) {
      removeDeployed(this.options.cluster, application, this.tracked.deployedBy(name));
      return;
    }
    const problem = specProblem(this.options.cluster, name, application.spec);
    if (problem) {
      this.writeInvalid(application, problem);
      return;
    }
    const loaded = await this.load(application, level);
    // Rendering took its time: judge the application as it is now.
    const current = this.get(name);
    if (!current || this.stopping.signal.aborted) return;
    if (!equal(current.spec, application.spec)) return;
    const comparison = reconcile(this.options.cluster, this.tracked, current, loaded);
    this.write(current, comparison, level);
  }

  private async load(application: Application, level: RefreshLevel): Promise<Loaded> {
    const { name } = application.metadata;
    const known = this.loaded.get(name);
    if (level === 'compare' && known && equal(known.spec, application.spec)) return known.loaded;
    const loaded = await this.options.source.load(application, {}, { hard: level === 'hard' }).then(
      (manifests): Loaded => ({ manifests }),
      (error): Loaded => ({ error: error instanceof Error ? error.message : String(error) }),
    );
    this.loaded.set(name, { spec: application.spec, loaded });
    return loaded;
  }

  private write(application: Application, comparison: Comparison, level: RefreshLevel): void {
    const { cluster } = this.options;
    const { resources, status } = comparison;
    const decision =
      status.sync?.status === 'OutOfSync'
        ? decideAutoSync({
            application,
            resources,
            revisions: status.sync.revisions ?? [status.sync.revision ?? ''],
            now: cluster.timeline.now(),
          })
        : undefined;
    const conditions: ApplicationCondition[] = [...comparison.conditions];
    if (decision?.kind === 'refuse') {
      conditions.push({ type: 'SyncError', message: decision.message });
    }
    this.writeStatus(application, status, conditions, level !== 'compare');
    if (decision?.kind === 'later') {
      cluster.timeline.after(decision.milliseconds, () =>
        this.queue.request(application.metadata.name, 'compare'),
      );
    }
    if (decision?.kind !== 'sync') return;
    cluster.modify(application, draft => {
      if (draft.operation) return;
      draft.operation = decision.operation;
      delete draft.status?.operationState;
    });
  }

  private writeInvalid(application: Application, problem: string): void {
    const { spec } = application;
    const status: ApplicationStatus = {
      health: { status: 'Unknown' },
      sync: {
        status: 'Unknown',
        comparedTo: { destination: spec.destination ?? {}, source: spec.source },
      },
    };
    this.writeStatus(application, status, [{ type: 'InvalidSpecError', message: problem }], true);
  }

  private writeStatus(
    application: Application,
    status: ApplicationStatus,
    conditions: readonly ApplicationCondition[],
    reconciled: boolean,
  ): void {
    const now = timestamp(this.options.cluster.timeline.now());
    this.options.cluster.modify(application, draft => {
      const before = draft.status ?? {};
      const same = before.health?.status === status.health?.status;
      const since = (same && before.health?.lastTransitionTime) || now;
      const merged = mergeConditions(before.conditions, conditions, now);
      draft.status = {
        ...status,
        health: { status: status.health?.status ?? 'Unknown', lastTransitionTime: since },
        ...(merged && { conditions: merged }),
        ...(before.history && { history: before.history }),
        ...(before.operationState && { operationState: before.operationState }),
        reconciledAt: reconciled || !before.reconciledAt ? now : before.reconciledAt,
      };
      if (draft.metadata.annotations) delete draft.metadata.annotations[REFRESH_ANNOTATION];
    });
  }
}

const isOwnApplication = (object: KubeObject): object is Application =>
  object.kind === 'Application' &&
  object.apiVersion === APPLICATION_API &&
  object.metadata.namespace === ARGOCD_NAMESPACE;
