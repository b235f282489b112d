import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import type { HealthStatus } from '../health/Health';

/** `argoproj.io/v1alpha1` Application, as Argo CD 3.2 stores it. */
export interface Application extends KubeObject {
  kind: 'Application';
  spec: ApplicationSpec;
  status?: ApplicationStatus;
  /** What somebody wants done now; gone when it is done. */
  operation?: Operation;
}

export interface ApplicationSpec {
  project: string;
  source?: Source;
  sources?: Source[];
  destination: Destination;
  syncPolicy?: SyncPolicy;
  revisionHistoryLimit?: number;
  ignoreDifferences?: unknown[];
}

export interface Source {
  repoURL: string;
  path?: string;
  targetRevision?: string;
  chart?: string;
  /** Names this source for value files of the others. */
  ref?: string;
  helm?: HelmSource;
  directory?: { recurse?: boolean };
  kustomize?: unknown;
}

export interface HelmSource {
  releaseName?: string;
  namespace?: string;
  valueFiles?: string[];
  ignoreMissingValueFiles?: boolean;
  values?: string;
  valuesObject?: Record<string, unknown>;
  parameters?: { name: string; value?: string; forceString?: boolean }[];
  skipCrds?: boolean;
}

export interface Destination {
  server?: string;
  name?: string;
  namespace?: string;
}

export interface SyncPolicy {
  automated?: { prune?: boolean; selfHeal?: boolean; allowEmpty?: boolean; enabled?: boolean };
  syncOptions?: string[];
  retry?: RetryStrategy;
}

export interface RetryStrategy {
  limit?: number;
  backoff?: { duration?: string; factor?: number; maxDuration?: string };
}

export type SyncStatus = 'Synced' | 'OutOfSync' | 'Unknown';

export interface ComparedTo {
  source?: Source;
  sources?: Source[];
  destination: Destination;
}

export interface ApplicationStatus {
  sync?: { status: SyncStatus; comparedTo: ComparedTo; revision?: string; revisions?: string[] };
  health?: { status: HealthStatus; lastTransitionTime?: string };
  resources?: ResourceStatus[];
  history?: Deployed[];
  operationState?: OperationState;
  conditions?: ApplicationCondition[];
  reconciledAt?: string;
  sourceType?: SourceType;
  sourceTypes?: SourceType[];
  summary?: { images?: string[] };
  controllerNamespace?: string;
  resourceHealthSource?: 'appTree';
  sourceHydrator?: Record<string, never>;
}

export type SourceType = 'Helm' | 'Directory' | 'Kustomize';

/** Since Argo CD 3.0 without health: that is worked out by the API server on reading. */
export interface ResourceStatus {
  group?: string;
  version: string;
  kind: string;
  namespace?: string;
  name: string;
  status?: SyncStatus;
  requiresPruning?: boolean;
  syncWave?: number;
}

export interface Deployed {
  id: number;
  revision?: string;
  revisions?: string[];
  source?: Source;
  sources?: Source[];
  deployedAt: string;
  deployStartedAt: string;
  initiatedBy: Initiator;
}

export interface Initiator {
  username?: string;
  automated?: boolean;
}

export interface ApplicationCondition {
  type: 'ComparisonError' | 'SyncError' | 'InvalidSpecError';
  message: string;
  lastTransitionTime?: string;
}

export interface Operation {
  sync?: SyncOperation;
  initiatedBy?: Initiator;
  info?: { name: string; value: string }[];
  retry?: RetryStrategy;
}

export interface SyncOperation {
  revision?: string;
  revisions?: string[];
  prune?: boolean;
  dryRun?: boolean;
  syncOptions?: string[];
  syncStrategy?: Record<string, unknown>;
  source?: Source;
  sources?: Source[];
  resources?: { group?: string; kind: string; name: string; namespace?: string }[];
  autoHealAttemptsCount?: number;
}

export type OperationPhase = 'Running' | 'Terminating' | 'Succeeded' | 'Failed' | 'Error';

export interface OperationState {
  operation: Operation;
  phase: OperationPhase;
  message?: string;
  syncResult?: SyncResult;
  startedAt: string;
  finishedAt?: string;
  retryCount?: number;
}

export interface SyncResult {
  resources?: ResourceResult[];
  revision?: string;
  revisions?: string[];
  source?: Source;
  sources?: Source[];
}

export interface ResourceResult {
  group: string;
  version: string;
  kind: string;
  namespace: string;
  name: string;
  status?: 'Synced' | 'SyncFailed' | 'Pruned' | 'PruneSkipped';
  message: string;
  hookPhase?: 'Running' | 'Succeeded' | 'Failed';
  hookType?: string;
  syncPhase: SyncPhase;
  images?: string[];
}

export type SyncPhase = 'PreSync' | 'Sync' | 'PostSync';

export const APPLICATION_API = 'argoproj.io/v1alpha1';

/** Where Argo CD and its own objects live. */
export const ARGOCD_NAMESPACE = 'argocd';

/** Deleting an application with it deletes what the application deployed. */
export const CASCADE_FINALIZER = 'resources-finalizer.argocd.argoproj.io';

/** The sources of an application, of an operation or of a result: one, or several. */
export function sourcesOf({ source, sources }: Pick<ApplicationSpec, 'source' | 'sources'>) {
  if (sources?.length) return sources;
  return source ? [source] : [];
}

export const isAutomated = ({ syncPolicy }: ApplicationSpec): boolean =>
  syncPolicy?.automated !== undefined && syncPolicy.automated.enabled !== false;

export const hasSyncOption = (options: readonly string[] | undefined, option: string): boolean =>
  options?.includes(option) ?? false;
