import type { Pod } from '@waymark/kube-graph';
import { containersOf } from '../pods/containers';
import { conditionOf, isReady } from '../pods/podState';
import type { Clock } from '../verdict/Clock';
import type { ConsultedGraph } from '../verdict/ConsultedGraph';
import { STATUS_ORDER, type Status } from '../verdict/Verdict';
import type { PodGroup } from './WorkloadFacts';

const MOST_EXAMPLES = 5;

/** Equal pods are one group; the worst group comes first, then the largest. */
export function groupPods(
  pods: readonly Pod[],
  graph: ConsultedGraph,
  clock: Clock,
): readonly PodGroup[] {
  const groups = new Map<string, { status: Status; state: string; pods: Pod[] }>();
  for (const pod of pods) {
    const { status, state } = stateOf(pod, clock);
    const group = groups.get(`${status} ${state}`) ?? { status, state, pods: [] };
    group.pods.push(pod);
    groups.set(`${status} ${state}`, group);
  }
  return [...groups.values()]
    .sort(
      (a, b) =>
        STATUS_ORDER.indexOf(b.status) - STATUS_ORDER.indexOf(a.status) ||
        b.pods.length - a.pods.length,
    )
    .map(({ status, state, pods: members }) => ({
      status,
      state,
      count: members.length,
      examples: [...members]
        .sort(newestFirst)
        .slice(0, MOST_EXAMPLES)
        .map(pod => exampleOf(pod, graph)),
    }));
}

const newestFirst = (a: Pod, b: Pod) =>
  (b.metadata.creationTimestamp ?? '').localeCompare(a.metadata.creationTimestamp ?? '') ||
  a.metadata.name.localeCompare(b.metadata.name);

/** As kubectl's STATUS column, with the status that this state alone justifies. */
function stateOf(pod: Pod, clock: Clock): { readonly status: Status; readonly state: string } {
  const { phase = 'Unknown', reason } = pod.status ?? {};
  if (pod.metadata.deletionTimestamp) return { status: 'progressing', state: 'Terminating' };
  if (phase === 'Succeeded') return { status: 'healthy', state: 'Completed' };
  if (phase === 'Failed') return { status: 'down', state: reason ?? 'Failed' };
  if (isReady(pod)) return { status: 'healthy', state: 'Running' };
  const scheduled = conditionOf(pod, 'PodScheduled');
  if (scheduled?.status === 'False')
    return {
      status: scheduled.reason === 'SchedulingGated' ? 'suspended' : 'down',
      state: scheduled.reason ?? 'Pending',
    };
  const blocking = containersOf(pod).find(
    ({ status, role }) =>
      !(role === 'init' ? status.state?.terminated?.exitCode === 0 : status.ready),
  );
  const { waiting, terminated } = blocking?.status.state ?? {};
  if (terminated)
    return { status: 'down', state: terminated.reason ?? `Exit code ${terminated.exitCode}` };
  if (waiting?.reason && !STARTING.includes(waiting.reason))
    return { status: 'down', state: waiting.reason };
  if (phase === 'Pending') return { status: 'progressing', state: waiting?.reason ?? phase };
  const turned = conditionOf(pod, 'Ready')?.lastTransitionTime;
  return {
    status: clock.lasted(turned, NOT_READY_SECONDS) ? 'degraded' : 'progressing',
    state: 'NotReady',
  };
}

const STARTING: readonly string[] = ['ContainerCreating', 'PodInitializing'];

/** Source: consolidated rules, row "late crash", "> 60 s". */
const NOT_READY_SECONDS = 60;

function exampleOf(pod: Pod, graph: ConsultedGraph): PodGroup['examples'][number] {
  const node = pod.spec?.nodeName;
  const zone = node && graph.nodeOf(pod)?.metadata.labels?.['topology.kubernetes.io/zone'];
  const startedAt = pod.status?.startTime;
  return {
    name: pod.metadata.name,
    ...(node && { node }),
    ...(zone && { zone }),
    restarts: containersOf(pod).reduce((sum, { status }) => sum + (status.restartCount ?? 0), 0),
    ...(startedAt && { startedAt }),
  };
}
