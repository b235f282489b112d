import type { Workload } from '@waymark/kube-graph';

/** Kinds whose pods are meant to run until they are replaced. */
export const LONG_RUNNING_KINDS = [
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'ReplicaSet',
  'Pod',
] as const;

/** A bare pod that is not restarted runs to its end, as a Job does. */
export const isLongRunning = (workload: Workload): boolean =>
  (LONG_RUNNING_KINDS as readonly string[]).includes(workload.kind) &&
  (workload.kind !== 'Pod' || (workload.spec?.restartPolicy ?? 'Always') === 'Always');
