import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import { parseApiVersion } from '../../kubernetes/resources/Resource';
import { ApiError } from '../../kubernetes/status/ApiError';
import type { ResourceResult } from '../application/Application';
import { imagesOf } from '../application/imagesOf';
import { refOf } from '../compare/targetObjects';
import { ARGOCD_MANAGER } from '../compare/tracking';
import { resourceHealth } from '../health/resourceHealth';
import type { SyncTask } from './planSync';

export interface SyncOutcome {
  phase: 'Succeeded' | 'Failed';
  message: string;
}

export interface SyncRunOptions {
  cluster: KubernetesCluster;
  steps: readonly SyncTask[][];
  dryRun: boolean;
  /** Told after every step, and while one is waited for. */
  report: (message: string | undefined, resources: ResourceResult[]) => void;
  isTerminating: () => boolean;
  signal: AbortSignal;
}

type Settled = 'done' | 'failed' | 'terminated';

/** Carries out the steps of one sync attempt. */
export class SyncRun {
  private readonly results = new Map<SyncTask, ResourceResult>();

  constructor(private readonly options: SyncRunOptions) {}

  async run(): Promise<SyncOutcome> {
    const { steps, dryRun, isTerminating } = this.options;
    for (const [index, step] of steps.entries()) {
      if (isTerminating()) return terminated;
      step.forEach(task => this.results.set(task, this.perform(task)));
      this.report();
      const failed = step.map(task => this.results.get(task)).filter(hasFailed);
      if (failed.length > 0) return failure('one or more objects failed to apply', failed);
      if (dryRun) continue;
      const settled = await this.settle(step, index === steps.length - 1);
      if (settled === 'terminated') return terminated;
      if (settled === 'failed') {
        const unwell = step.map(task => this.results.get(task)).filter(hasFailed);
        return failure('one or more synchronization tasks completed unsuccessfully', unwell);
      }
    }
    const rest = dryRun ? 'no more tasks' : 'all tasks run';
    return { phase: 'Succeeded', message: `successfully synced (${rest})` };
  }

  private perform(task: SyncTask): ResourceResult {
    const { object, phase } = task;
    const { group, version } = parseApiVersion(object.apiVersion);
    const images = imagesOf(object);
    const base = {
      group,
      version,
      kind: object.kind,
      namespace: object.metadata.namespace ?? '',
      name: object.metadata.name,
      syncPhase: phase,
      ...(images.length > 0 && { images }),
      ...(task.action === 'hook' && { hookType: phase }),
    };
    try {
      return { ...base, ...this.carryOut(task) };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { ...base, status: 'SyncFailed', hookPhase: 'Failed', message: error.message };
    }
  }

  private carryOut(task: SyncTask): Pick<ResourceResult, 'status' | 'hookPhase' | 'message'> {
    const { cluster, dryRun } = this.options;
    const { object, action } = task;
    const ref = refOf(object);
    const suffix = dryRun ? ' (dry run)' : '';
    if (action === 'keep') {
      return { status: 'PruneSkipped', hookPhase: 'Succeeded', message: `${task.reason}${suffix}` };
    }
    const live = cluster.get(ref);
    if (action === 'prune') {
      if (live) cluster.remove(ref, { dryRun });
      return { status: 'Pruned', hookPhase: 'Succeeded', message: `pruned${suffix}` };
    }
    // Nothing can be tried in a namespace that only the real sync will make.
    if (dryRun && this.isPlanned(object.metadata.namespace)) {
      return { status: 'Synced', message: `${printedName(object)} created${suffix}` };
    }
    // A hook runs anew with every sync: what the last one left goes first (BeforeHookCreation).
    if (action === 'hook' && live && !dryRun) cluster.remove(ref);
    const stored = cluster.apply(object, { manager: ARGOCD_MANAGER, dryRun });
    const unchanged = stored === live ? 'unchanged' : 'configured';
    const verb = live && action !== 'hook' ? unchanged : 'created';
    return {
      ...(action === 'apply' && { status: 'Synced' }),
      hookPhase: 'Running',
      message: `${printedName(object)} ${verb}${suffix}`,
    };
  }

  private isPlanned(namespace: string | undefined): boolean {
    return this.options.steps.some(step =>
      step.some(
        ({ action, object }) =>
          action === 'apply' && object.kind === 'Namespace' && object.metadata.name === namespace,
      ),
    );
  }

  /**
   * Waits until hooks have ended and, unless the step is the last, until all of its resources are healthy: what
   * comes after a sync is the application's health, not the sync's.
   */
  private settle(step: readonly SyncTask[], last: boolean): Promise<Settled> {
    const awaited = step.filter(({ action }) => action === 'hook' || (action === 'apply' && !last));
    return this.until(() => {
      const states = awaited.map(task => this.stateOf(task));
      if (states.includes('failed')) return 'failed';
      const open = awaited.filter((_, index) => states[index] === 'waiting');
      if (open.length === 0) return 'done';
      this.report(waitingFor(open[0].object));
      return undefined;
    });
  }

  private stateOf(task: SyncTask): 'waiting' | 'ready' | 'failed' {
    const live = this.options.cluster.get(refOf(task.object));
    const health = live && resourceHealth(live);
    const result = this.results.get(task);
    if (health?.status === 'Degraded' && result) {
      const message = health.message ?? 'the resource is degraded';
      this.results.set(task, { ...result, hookPhase: 'Failed', message });
      return 'failed';
    }
    if (!live || (health && health.status !== 'Healthy')) return 'waiting';
    if (task.action === 'hook' && result) {
      this.results.set(task, { ...result, hookPhase: 'Succeeded' });
    }
    return 'ready';
  }

  /** Asks after every change of the cluster until there is an answer. */
  private until(ask: () => Settled | undefined): Promise<Settled> {
    const { cluster, isTerminating, signal } = this.options;
    const answer = () => (isTerminating() || signal.aborted ? 'terminated' : ask());
    const first = answer();
    if (first) return Promise.resolve(first);
    return new Promise(resolve => {
      const stop = cluster.watch(() => finish(answer()));
      const abort = () => finish('terminated');
      signal.addEventListener('abort', abort, { once: true });
      function finish(settled: Settled | undefined) {
        if (!settled) return;
        stop();
        signal.removeEventListener('abort', abort);
        resolve(settled);
      }
    });
  }

  private report(message?: string): void {
    this.options.report(message, [...this.results.values()]);
  }
}

const terminated: SyncOutcome = { phase: 'Failed', message: 'Operation terminated' };

const hasFailed = (result: ResourceResult | undefined): result is ResourceResult =>
  result?.hookPhase === 'Failed';

function failure(message: string, failed: readonly ResourceResult[]): SyncOutcome {
  const reasons = [...new Set(failed.map(result => result.message))];
  return { phase: 'Failed', message: `${message}, reason: ${reasons.join(',')}` };
}

/** `deployment.apps/web`, as kubectl prints. */
function printedName({ apiVersion, kind, metadata }: KubeObject): string {
  const { group } = parseApiVersion(apiVersion);
  return `${kind.toLowerCase()}${group && `.${group}`}/${metadata.name}`;
}

function waitingFor({ apiVersion, kind, metadata }: KubeObject): string {
  const { group } = parseApiVersion(apiVersion);
  return `waiting for healthy state of ${group}/${kind}/${metadata.name}`;
}
