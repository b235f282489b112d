import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import { timestamp } from '../../kubernetes/store/transitions';
import {
  type Application,
  type Deployed,
  hasSyncOption,
  type Operation,
  type OperationState,
  sourcesOf,
  type SyncResult,
} from '../application/Application';
import { compareApplication } from '../compare/compareApplication';
import { refOf, targetObjects } from '../compare/targetObjects';
import type { TrackedObjects } from '../compare/TrackedObjects';
import { specProblem } from '../controller/specProblem';
import type { ManifestSource } from '../source/ManifestSource';
import { SourceError } from '../source/SourceError';
import { planSync } from './planSync';
import { retryDelay } from './retryDelay';
import { type SyncOutcome, SyncRun } from './SyncRun';

export interface OperationRunnerOptions {
  cluster: KubernetesCluster;
  tracked: TrackedObjects;
  source: ManifestSource;
  signal: AbortSignal;
}

type Outcome = SyncOutcome | { phase: 'Error'; message: string };

const HISTORY_LIMIT = 10;

/** Carries out the operation of an application, with its retries, and writes down how it goes. */
export class OperationRunner {
  constructor(private readonly options: OperationRunnerOptions) {}

  /** Resolves when the application has no operation any more. */
  async run(application: Application): Promise<void> {
    const operation = application.operation ?? {};
    const startedAt = this.now();
    for (let retries = 0; ; retries += 1) {
      this.begin(application, operation, startedAt, retries);
      const outcome = await this.attempt(application, operation).catch(asProblem);
      const terminated = this.isTerminating(application);
      const delay =
        outcome.phase === 'Succeeded' || terminated
          ? undefined
          : retryDelay(operation.retry, retries);
      if (delay === undefined || this.options.signal.aborted) {
        this.finish(application, outcome, retries);
        return;
      }
      await this.pause(application, outcome, retries + 1, delay);
      if (this.isTerminating(application)) {
        this.finish(application, { phase: 'Failed', message: 'Operation terminated' }, retries + 1);
        return;
      }
    }
  }

  private begin(
    application: Application,
    operation: Operation,
    startedAt: string,
    retries: number,
  ): void {
    this.write(application, draft => {
      const state: OperationState = { operation, phase: 'Running', startedAt };
      if (retries > 0) {
        state.retryCount = retries;
        state.message = `Retrying operation. Attempt #${retries}`;
      }
      draft.status = { ...draft.status, operationState: state };
    });
  }

  private async attempt(application: Application, operation: Operation): Promise<Outcome> {
    const { cluster, tracked, source, signal } = this.options;
    const { sync } = operation;
    if (!sync) {
      return { phase: 'Error', message: 'Invalid operation request: no operation specified' };
    }
    const { metadata, spec } = application;
    const problem = specProblem(cluster, metadata.name, spec);
    if (problem) return { phase: 'Error', message: `InvalidSpecError: ${problem}` };
    const wanted = sourcesOf(sync).length > 0 ? sync : spec;
    const result: SyncResult = {
      ...(wanted.sources ? { sources: wanted.sources } : { source: wanted.source }),
      ...(sync.revisions ? { revisions: sync.revisions } : { revision: sync.revision }),
    };
    this.writeState(application, { syncResult: result });
    const revisions = sync.revisions ?? [sync.revision];
    const manifests = await source
      .load(application, { sources: sourcesOf(wanted), revisions })
      .catch(asProblem);
    if ('phase' in manifests) return manifests;
    const fixed = wanted.sources
      ? { revisions: manifests.revisions }
      : { revision: manifests.revisions[0] };
    const targets = targetObjects(application, manifests.objects, cluster.resources);
    const deployed = tracked.deployedBy(metadata.name);
    const run = new SyncRun({
      cluster,
      steps: planSync({
        resources: compareApplication(cluster, targets.resources, deployed),
        hooks: targets.hooks,
        operation,
        newNamespace: this.missingNamespace(application, operation),
      }),
      dryRun: sync.dryRun ?? false,
      report: (message, resources) =>
        this.writeState(application, {
          ...(message && { message }),
          syncResult: { ...result, ...fixed, ...(resources.length > 0 && { resources }) },
        }),
      isTerminating: () => this.isTerminating(application),
      signal,
    });
    return run.run();
  }

  private missingNamespace({ spec }: Application, { sync }: Operation): string | undefined {
    const { namespace: name } = spec.destination;
    const wanted = name && hasSyncOption(sync?.syncOptions, 'CreateNamespace=true');
    return wanted && !this.options.cluster.get({ kind: 'Namespace', name }) ? name : undefined;
  }

  /** Between two attempts the operation counts as running, with the time at which the last one ended. */
  private async pause(application: Application, outcome: Outcome, retries: number, delay: number) {
    const { cluster } = this.options;
    const at = new Date(cluster.timeline.now().getTime() + delay);
    const message = `${outcome.message}. Retrying attempt #${retries} at ${kitchenTime(at)}.`;
    this.writeState(application, { finishedAt: this.now(), retryCount: retries, message });
    await new Promise<void>(resolve => {
      const cancel = cluster.timeline.after(delay, finish);
      const stop = cluster.watch(() => {
        if (this.isTerminating(application)) finish();
      });
      this.options.signal.addEventListener('abort', finish, { once: true });
      function finish() {
        cancel();
        stop();
        resolve();
      }
    });
  }

  private finish(application: Application, outcome: Outcome, retries: number): void {
    const failed = outcome.phase !== 'Succeeded';
    const suffix = failed && retries > 0 ? ` (retried ${retries} times).` : '';
    this.write(application, draft => {
      const state = draft.status?.operationState;
      delete draft.operation;
      if (!state) return;
      state.phase = outcome.phase;
      state.message = `${outcome.message}${suffix}`;
      state.finishedAt = this.now();
      const { sync } = state.operation;
      if (!failed && !sync?.dryRun && !sync?.resources?.length) remember(draft, state);
    });
  }

  private isTerminating(application: Application): boolean {
    const current = this.options.cluster.get(refOf(application)) as Application | undefined;
    return !current || current.status?.operationState?.phase === 'Terminating';
  }

  private writeState(application: Application, change: Partial<OperationState>): void {
    this.write(application, draft => {
      if (draft.status?.operationState) Object.assign(draft.status.operationState, change);
    });
  }

  private write(application: Application, change: (draft: Application) => void): void {
    this.options.cluster.modify(application, change);
  }

  private now(): string {
    return timestamp(this.options.cluster.timeline.now());
  }
}

function asProblem(error: unknown): { phase: 'Error'; message: string } {
  const text = error instanceof Error ? error.message : String(error);
  const message =
    error instanceof SourceError ? `ComparisonError: Failed to load target state: ${text}` : text;
  return { phase: 'Error', message };
}

function remember(application: Application, state: OperationState): void {
  const { status, spec } = application;
  const { source, sources, revision, revisions } = state.syncResult ?? {};
  const history = status?.history ?? [];
  const entry: Deployed = {
    id: (history.at(-1)?.id ?? -1) + 1,
    ...(sources ? { sources, revisions } : { source, revision }),
    deployStartedAt: state.startedAt,
    deployedAt: state.finishedAt ?? state.startedAt,
    initiatedBy: state.operation.initiatedBy ?? {},
  };
  const limit = spec.revisionHistoryLimit ?? HISTORY_LIMIT;
  application.status = { ...status, history: [...history, entry].slice(-limit) };
}

/** Go's time.Kitchen, which Argo CD prints. */
function kitchenTime(time: Date): string {
  const hours = time.getUTCHours();
  const minutes = String(time.getUTCMinutes()).padStart(2, '0');
  return `${hours % 12 || 12}:${minutes}${hours < 12 ? 'AM' : 'PM'}`;
}
