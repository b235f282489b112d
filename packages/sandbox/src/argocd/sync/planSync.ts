import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import {
  hasSyncOption,
  type Operation,
  type SyncOperation,
  type SyncPhase,
} from '../application/Application';
import type { ComparedResource } from '../compare/compareApplication';
import { hookPhase, waveOf } from '../compare/hooks';

export interface SyncTask {
  action: 'apply' | 'prune' | 'hook' | 'keep';
  object: KubeObject;
  phase: SyncPhase;
  wave: number;
  /** Why an extra object is kept. */
  reason?: string;
}

export interface SyncPlanInput {
  resources: readonly ComparedResource[];
  hooks: readonly KubeObject[];
  operation: Operation;
  /** The namespace that has to be made first, if there is one. */
  newNamespace?: string;
}

// gitops-engine/pkg/sync/sync_tasks.go; kinds that are not named come last.
const kindOrder = [
  ...['Namespace', 'NetworkPolicy', 'ResourceQuota', 'LimitRange', 'PodSecurityPolicy'],
  ...['PodDisruptionBudget', 'ServiceAccount', 'Secret', 'SecretList', 'ConfigMap', 'StorageClass'],
  ...['PersistentVolume', 'PersistentVolumeClaim', 'CustomResourceDefinition', 'ClusterRole'],
  ...['ClusterRoleList', 'ClusterRoleBinding', 'ClusterRoleBindingList', 'Role', 'RoleList'],
  ...['RoleBinding', 'RoleBindingList', 'Service', 'DaemonSet', 'Pod', 'ReplicationController'],
  ...['ReplicaSet', 'Deployment', 'HorizontalPodAutoscaler', 'StatefulSet', 'Job', 'CronJob'],
  ...['IngressClass', 'Ingress', 'APIService'],
];

const phaseOrder: readonly SyncPhase[] = ['PreSync', 'Sync', 'PostSync'];

/**
 * What a sync does, as steps: all of a step is done before the next begins. By phase, then wave; inside a step
 * removals first, then by kind and name.
 */
export function planSync(input: SyncPlanInput): SyncTask[][] {
  const tasks = [...namespaceTasks(input), ...resourceTasks(input), ...hookTasks(input)];
  const steps = new Map<string, SyncTask[]>();
  for (const task of tasks.sort(inOrder)) {
    const step = `${task.phase}/${task.wave}`;
    steps.set(step, [...(steps.get(step) ?? []), task]);
  }
  return [...steps.values()];
}

function namespaceTasks({ newNamespace, operation }: SyncPlanInput): SyncTask[] {
  if (!newNamespace || isPartial(operation.sync)) return [];
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: newNamespace } };
  return [{ action: 'apply', object, phase: 'PreSync', wave: Number.MIN_SAFE_INTEGER }];
}

function resourceTasks({ resources, operation }: SyncPlanInput): SyncTask[] {
  const { sync = {} } = operation;
  const last = Math.max(0, ...resources.map(({ target }) => (target ? waveOf(target) : 0)));
  const pruneLast = hasSyncOption(sync.syncOptions, 'PruneLast=true');
  return resources.flatMap(({ target, live }): SyncTask[] => {
    const object = target ?? live;
    if (!object || !isSelected(object, sync)) return [];
    if (target) return [{ action: 'apply', object, phase: 'Sync', wave: waveOf(target) }];
    const reason = reasonToKeep(object, sync);
    const wave = pruneLast ? last + 1 : waveOf(object);
    return [{ action: reason ? 'keep' : 'prune', object, phase: 'Sync', wave, reason }];
  });
}

/** A partial sync runs no hooks. */
function hookTasks({ hooks, operation }: SyncPlanInput): SyncTask[] {
  if (isPartial(operation.sync)) return [];
  return hooks.flatMap((object): SyncTask[] => {
    const phase = hookPhase(object);
    return phase ? [{ action: 'hook', object, phase, wave: waveOf(object) }] : [];
  });
}

const isPartial = (sync: SyncOperation = {}): boolean => Boolean(sync.resources?.length);

function isSelected({ apiVersion, kind, metadata }: KubeObject, sync: SyncOperation): boolean {
  if (!isPartial(sync)) return true;
  return (sync.resources ?? []).some(
    wanted =>
      wanted.kind === kind &&
      wanted.name === metadata.name &&
      (!wanted.group || apiVersion.startsWith(`${wanted.group}/`)) &&
      (!wanted.namespace || wanted.namespace === metadata.namespace),
  );
}

function reasonToKeep({ metadata }: KubeObject, sync: SyncOperation): string | undefined {
  const options = metadata.annotations?.['argocd.argoproj.io/sync-options']?.split(',') ?? [];
  if (options.some(option => option.trim() === 'Prune=false')) return 'ignored (no prune)';
  return sync.prune ? undefined : 'ignored (requires pruning)';
}

function inOrder(a: SyncTask, b: SyncTask): number {
  return (
    phaseOrder.indexOf(a.phase) - phaseOrder.indexOf(b.phase) ||
    a.wave - b.wave ||
    Number(b.action === 'prune') - Number(a.action === 'prune') ||
    rankOf(a.object.kind) - rankOf(b.object.kind) ||
    a.object.metadata.name.localeCompare(b.object.metadata.name)
  );
}

function rankOf(kind: string): number {
  const rank = kindOrder.indexOf(kind);
  return rank < 0 ? kindOrder.length : rank;
}
