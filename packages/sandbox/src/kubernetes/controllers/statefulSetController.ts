import type { KubeObject } from '../objects/KubeObject';
import type { Pod } from '../objects/pod';
import type { StatefulSet } from '../objects/workload';
import { ApiError } from '../status/ApiError';
import type { Controller, ControllerContext } from './Controller';
import { omitZero } from './omitZero';
import { controlledBy, keyOf, ownerOfKind } from './ownership';
import { isReady, podFrom, untilAvailable } from './podState';
import { templateHash } from './templateHash';

const REVISION = 'controller-revision-hash';

/** StatefulSet → named pods with their own claims, one after the other. */
export const statefulSetController: Controller = {
  name: 'statefulset-controller',

  *affected({ object }) {
    if (object.kind === 'StatefulSet') yield keyOf(object);
    if (object.kind === 'Pod') yield* ownerOfKind(object, 'StatefulSet');
  },

  reconcile(key, context) {
    const set = context.cluster.get({ kind: 'StatefulSet', ...key });
    if (!set) return;
    const refusal = set.metadata.deletionTimestamp ? undefined : step(set, context);
    writeStatus(set, context);
    if (refusal) throw refusal;
  },
};

const ordinalOf = ({ metadata }: KubeObject): number => Number(/-(\d+)$/.exec(metadata.name)?.[1]);
const revisionFor = ({ metadata, spec }: StatefulSet): string =>
  `${metadata.name}-${templateHash(spec.template)}`;
const isHealthy = (pod: Pod): boolean => isReady(pod) && !pod.metadata.deletionTimestamp;

/** What is ended is replaced, what is missing created, what is surplus deleted, what is old replaced: one at a time. */
function step(set: StatefulSet, context: ControllerContext): ApiError | undefined {
  const { cluster } = context;
  const { replicas, podManagementPolicy, updateStrategy } = set.spec;
  const ordered = podManagementPolicy !== 'Parallel';
  const pods = controlledBy(cluster, 'Pod', set).sort((a, b) => ordinalOf(a) - ordinalOf(b));
  for (let ordinal = 0; ordinal < replicas; ordinal++) {
    const pod = pods.find(candidate => ordinalOf(candidate) === ordinal);
    if (!pod) {
      const refusal = createPod(set, ordinal, context);
      if (refusal) return refusal;
      if (ordered) return undefined;
    } else if (pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') {
      cluster.remove({ kind: 'Pod', ...keyOf(pod) });
      return undefined;
    } else if (ordered && !isHealthy(pod)) {
      return undefined;
    }
  }
  const surplus = pods.filter(pod => ordinalOf(pod) >= replicas).reverse();
  if (surplus.length > 0) {
    (ordered ? surplus.slice(0, 1) : surplus).forEach(pod => deletePod(set, pod, context));
    return undefined;
  }
  if (updateStrategy?.type !== 'OnDelete') replaceOld(set, pods, context);
  return undefined;
}

/** From the highest ordinal down to the partition, and only while every other pod is healthy. */
function replaceOld(set: StatefulSet, pods: readonly Pod[], context: ControllerContext): void {
  const partition = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  const revision = revisionFor(set);
  for (const pod of [...pods].reverse()) {
    if (ordinalOf(pod) < partition) return;
    if (pod.metadata.labels?.[REVISION] !== revision) {
      deletePod(set, pod, context);
      return;
    }
    if (!isHealthy(pod)) return;
  }
}

function deletePod(set: StatefulSet, pod: Pod, { cluster, events }: ControllerContext): void {
  if (pod.metadata.deletionTimestamp) return;
  cluster.remove({ kind: 'Pod', ...keyOf(pod) });
  const message = `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`;
  events.record(set, { type: 'Normal', reason: 'SuccessfulDelete', message });
}

function createPod(
  set: StatefulSet,
  ordinal: number,
  context: ControllerContext,
): ApiError | undefined {
  const { cluster, events } = context;
  const name = `${set.metadata.name}-${ordinal}`;
  try {
    createClaims(set, name, context);
    cluster.create(podOf(set, name, ordinal));
    const message = `create Pod ${name} in StatefulSet ${set.metadata.name} successful`;
    events.record(set, { type: 'Normal', reason: 'SuccessfulCreate', message });
    return undefined;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const message = `create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${error.message}`;
    events.record(set, { type: 'Warning', reason: 'FailedCreate', message });
    return error;
  }
}

function podOf(set: StatefulSet, name: string, ordinal: number): KubeObject {
  const pod = podFrom(set.spec.template, set, {
    name,
    labels: {
      [REVISION]: revisionFor(set),
      'statefulset.kubernetes.io/pod-name': name,
      'apps.kubernetes.io/pod-index': String(ordinal),
    },
  });
  const { template, volumeClaimTemplates = [], serviceName } = set.spec;
  const volumes = volumeClaimTemplates.map(claim => ({
    name: claim.metadata.name,
    persistentVolumeClaim: { claimName: `${claim.metadata.name}-${name}` },
  }));
  const spec = {
    ...template.spec,
    hostname: name,
    ...(serviceName && { subdomain: serviceName }),
    volumes: [...volumes, ...(template.spec.volumes ?? [])],
  };
  return { ...pod, spec };
}

function createClaims(set: StatefulSet, pod: string, { cluster, events }: ControllerContext): void {
  const { namespace } = set.metadata;
  for (const template of set.spec.volumeClaimTemplates ?? []) {
    const name = `${template.metadata.name}-${pod}`;
    const kind = 'PersistentVolumeClaim';
    if (cluster.get({ kind, namespace, name })) continue;
    const labels = { ...template.metadata.labels, ...set.spec.selector.matchLabels };
    const metadata = { name, namespace, labels };
    cluster.create({ apiVersion: 'v1', kind, metadata, spec: template.spec });
    const message = `create Claim ${name} Pod ${pod} in StatefulSet ${set.metadata.name} success`;
    events.record(set, { type: 'Normal', reason: 'SuccessfulCreate', message });
  }
}

function writeStatus(set: StatefulSet, { cluster, requeue }: ControllerContext): void {
  const pods = controlledBy(cluster, 'Pod', set).filter(
    ({ metadata }) => !metadata.deletionTimestamp,
  );
  const updateRevision = revisionFor(set);
  const waits = pods
    .map(pod => untilAvailable(pod, set.spec.minReadySeconds ?? 0, cluster.timeline.now()))
    .filter(wait => wait !== undefined);
  const withRevision = (revision: string) =>
    pods.filter(({ metadata }) => metadata.labels?.[REVISION] === revision).length;
  const { replicas } = set.spec;
  const isUpdated = withRevision(updateRevision) === replicas && waits.length === replicas;
  const before = set.status.currentRevision;
  const currentRevision = isUpdated || !before ? updateRevision : before;
  cluster.modify(
    set,
    draft => {
      draft.status = {
        observedGeneration: draft.metadata.generation,
        replicas: pods.length,
        availableReplicas: waits.filter(wait => wait === 0).length,
        ...omitZero({
          readyReplicas: pods.filter(isReady).length,
          currentReplicas: withRevision(currentRevision),
          updatedReplicas: withRevision(updateRevision),
        }),
        currentRevision,
        updateRevision,
        collisionCount: 0,
      };
    },
    'status',
  );
  const next = Math.min(...waits.filter(wait => wait > 0));
  if (Number.isFinite(next)) requeue(keyOf(set), next);
}
