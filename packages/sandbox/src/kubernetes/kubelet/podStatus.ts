import type { Condition } from '../objects/KubeObject';
import type { ContainerStatus, Pod, PodSpec, PodStatus } from '../objects/pod';
import { timestamp } from '../store/transitions';

/** What the kubelet knows of a pod on its node. */
export interface PodFacts {
  readonly containers: readonly ContainerStatus[];
  readonly initContainers: readonly ContainerStatus[];
  /** The pod has an address, so containers can be started in it. */
  readonly sandboxReady: boolean;
  readonly podIp?: string;
  readonly hostIp: string;
  readonly startTime: string;
}

/** The status of a pod, as pkg/kubelet/status/generate.go and kubelet_pods.go derive it. */
export function podStatusOf(pod: Pod, facts: PodFacts, now: Date): PodStatus {
  const phase = phaseOf(pod.spec, facts);
  const { containers, initContainers, podIp } = facts;
  return {
    ...pod.status,
    observedGeneration: pod.metadata.generation,
    phase,
    conditions: conditionsOf(pod, facts, phase, now),
    hostIP: facts.hostIp,
    ...(podIp && { podIP: podIp, podIPs: [{ ip: podIp }] }),
    startTime: facts.startTime,
    ...(initContainers.length > 0 && { initContainerStatuses: [...initContainers] }),
    containerStatuses: [...containers],
  };
}

/** Waiting after an end counts as stopped, not as pending: a crash loop is phase Running. */
function phaseOf({ restartPolicy, initContainers = [] }: PodSpec, facts: PodFacts) {
  const steps = facts.initContainers.filter(({ name }) =>
    initContainers.some(step => step.name === name && step.restartPolicy !== 'Always'),
  );
  const failedStep = steps.find(({ state }) => (state.terminated?.exitCode ?? 0) !== 0);
  if (failedStep && restartPolicy === 'Never') return 'Failed';
  if (steps.some(({ state }) => state.terminated?.exitCode !== 0)) return 'Pending';
  const { containers } = facts;
  const fresh = ({ state, lastState }: ContainerStatus) => state.waiting && !lastState.terminated;
  if (containers.some(fresh)) return 'Pending';
  if (containers.some(({ state }) => state.running)) return 'Running';
  if (containers.some(({ state }) => state.waiting)) return 'Running';
  if (restartPolicy === 'Always') return 'Running';
  if (containers.every(({ state }) => state.terminated?.exitCode === 0)) return 'Succeeded';
  return restartPolicy === 'Never' ? 'Failed' : 'Running';
}

function conditionsOf(pod: Pod, facts: PodFacts, phase: string, now: Date): Condition[] {
  const readiness = readinessOf(pod.spec, facts, phase);
  const generated: Pick<Condition, 'type' | 'status' | 'reason' | 'message'>[] = [
    {
      type: 'PodReadyToStartContainers',
      status: facts.sandboxReady && phase !== 'Succeeded' && phase !== 'Failed' ? 'True' : 'False',
    },
    { type: 'Initialized', ...initialisation(pod.spec, facts, phase) },
    { type: 'Ready', ...readiness },
    { type: 'ContainersReady', ...readiness },
  ];
  const before = pod.status.conditions ?? [];
  const owned = generated.map(({ type }) => type);
  const others = before.filter(({ type }) => !owned.includes(type));
  return [
    ...generated.map(condition => {
      const previous = before.find(({ type }) => type === condition.type);
      const since =
        previous?.status === condition.status ? previous.lastTransitionTime : timestamp(now);
      return {
        ...condition,
        observedGeneration: pod.metadata.generation,
        lastProbeTime: null,
        lastTransitionTime: since,
      };
    }),
    ...others,
  ];
}

type Outcome = Pick<Condition, 'status' | 'reason' | 'message'>;

function readinessOf(
  spec: PodSpec,
  { containers, initContainers }: PodFacts,
  phase: string,
): Outcome {
  if (phase === 'Succeeded') return { status: 'False', reason: 'PodCompleted' };
  if (phase === 'Failed') return { status: 'False', reason: 'PodFailed' };
  const sidecars = (spec.initContainers ?? []).filter(step => step.restartPolicy === 'Always');
  const counted = [
    ...initContainers.filter(({ name }) => sidecars.some(sidecar => sidecar.name === name)),
    ...containers,
  ];
  const unready = counted.filter(({ ready }) => !ready).map(({ name }) => name);
  if (unready.length === 0) return { status: 'True' };
  return {
    status: 'False',
    reason: 'ContainersNotReady',
    message: `containers with unready status: [${unready.join(' ')}]`,
  };
}

function initialisation(spec: PodSpec, facts: PodFacts, phase: string): Outcome {
  if (phase === 'Succeeded') return { status: 'True', reason: 'PodCompleted' };
  const open = (spec.initContainers ?? []).filter(step => {
    const status = facts.initContainers.find(({ name }) => name === step.name);
    return step.restartPolicy === 'Always'
      ? !status?.started
      : status?.state.terminated?.exitCode !== 0;
  });
  const started = facts.containers.some(
    ({ state, lastState }) => state.running || lastState.terminated,
  );
  if (open.length === 0 || started) return { status: 'True' };
  return {
    status: 'False',
    reason: 'ContainersNotInitialized',
    message: `containers with incomplete status: [${open.map(({ name }) => name).join(' ')}]`,
  };
}
