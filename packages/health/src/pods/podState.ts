import type { Condition, FieldPath, Pod } from '@waymark/kube-graph';

/** What verdicts read of conditions; heartbeats, which change all the time, are left out. */
export const conditionReads: readonly FieldPath[] = [
  'type',
  'status',
  'reason',
  'message',
  'lastTransitionTime',
  'lastUpdateTime',
].map((field): FieldPath => `/status/conditions/${field}`);

export const conditionOf = (
  { status }: { readonly status?: { readonly conditions?: Condition[] } },
  type: string,
): Condition | undefined => status?.conditions?.find(condition => condition.type === type);

/** JSON pointer of a condition's field; undefined when the object has no such condition. */
export function conditionPath(
  { status }: { readonly status?: { readonly conditions?: Condition[] } },
  type: string,
  field: keyof Condition,
): string | undefined {
  const index = status?.conditions?.findIndex(condition => condition.type === type) ?? -1;
  return index < 0 ? undefined : `/status/conditions/${index}/${field}`;
}

/** Neither on its way out nor at its end: what the workload counts on. */
export const isActive = ({ metadata, status }: Pod) =>
  !metadata.deletionTimestamp && status?.phase !== 'Succeeded' && status?.phase !== 'Failed';

export const isReady = (pod: Pod) => conditionOf(pod, 'Ready')?.status === 'True';

/** Since when the pod has not been ready; for one that never was, since it exists. */
export function unreadySince(pod: Pod): string | undefined {
  const ready = conditionOf(pod, 'Ready');
  const born = pod.status?.startTime ?? pod.metadata.creationTimestamp;
  const turned = ready?.status === 'True' ? undefined : ready?.lastTransitionTime;
  return latest(born, turned);
}

export const latest = (...times: readonly (string | undefined)[]) => inOrder(times).at(-1);

export const earliest = (...times: readonly (string | undefined)[]) => inOrder(times)[0];

const inOrder = (times: readonly (string | undefined)[]) =>
  times.filter(time => time !== undefined).sort((a, b) => Date.parse(a) - Date.parse(b));
