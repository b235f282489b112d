import type { KubeObject } from '../../objects/KubeObject';
import type { Deployment, ReplicaSet } from '../../objects/workload';
import { controllerRefTo } from '../ownership';
import { sameTemplate, templateHash, withHash } from '../templateHash';
import { rollingLimits } from './rollingUpdate';

export const REVISION = 'deployment.kubernetes.io/revision';
const DESIRED = 'deployment.kubernetes.io/desired-replicas';
const MAXIMUM = 'deployment.kubernetes.io/max-replicas';
/** Annotations of the Deployment that a ReplicaSet does not take over. */
const notCopied = [REVISION, DESIRED, MAXIMUM, 'kubectl.kubernetes.io/last-applied-configuration'];

export const revisionOf = ({ metadata }: KubeObject): number =>
  Number(metadata.annotations?.[REVISION] ?? 0);

/** The ReplicaSet of the present template; the oldest, should there be several. */
export const currentOf = (
  { spec }: Deployment,
  sets: readonly ReplicaSet[],
): ReplicaSet | undefined =>
  [...sets]
    .sort((a, b) => revisionOf(a) - revisionOf(b))
    .find(set => sameTemplate(set.spec.template, spec.template));

/** What a ReplicaSet of the Deployment carries, so that a scaling of the Deployment can be told from a rollout. */
export const annotationsFor = (
  deployment: Deployment,
  revision: number,
): Record<string, string> => {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([key]) => !notCopied.includes(key),
  );
  return {
    ...Object.fromEntries(copied),
    [DESIRED]: String(deployment.spec.replicas),
    [MAXIMUM]: String(deployment.spec.replicas + rollingLimits(deployment).surge),
    [REVISION]: String(revision),
  };
};

/** The number of pods that the Deployment wanted when it last touched this set. */
export const desiredAtLastSync = ({ metadata }: ReplicaSet): number | undefined => {
  const text = metadata.annotations?.[DESIRED];
  return text === undefined ? undefined : Number(text);
};

export function newReplicaSet(
  deployment: Deployment,
  { revision, replicas }: { revision: number; replicas: number },
): KubeObject {
  const { metadata, spec } = deployment;
  const hash = templateHash(spec.template);
  const template = withHash(spec.template, hash);
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${metadata.name}-${hash}`,
      namespace: metadata.namespace,
      labels: template.metadata?.labels,
      annotations: annotationsFor(deployment, revision),
      ownerReferences: [controllerRefTo(deployment)],
    },
    spec: {
      replicas,
      ...(spec.minReadySeconds && { minReadySeconds: spec.minReadySeconds }),
      selector: {
        ...spec.selector,
        matchLabels: { ...spec.selector.matchLabels, 'pod-template-hash': hash },
      },
      template,
    },
  };
}
