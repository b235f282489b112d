import { CREATED, type Identity } from './Identity';
import { podTemplate } from './podObject';

const REVISION = { 'deployment.kubernetes.io/revision': '1' };

/** A Deployment whose only roll-out is complete, and its ReplicaSet. */
export function rolloutObjects(identity: Identity, replicas: number) {
  const { id, labels, replicaSet } = identity;
  const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: id };
  const selector = { matchLabels: labels };
  const template = { metadata: { labels }, spec: podTemplate(id) };
  const ready = {
    observedGeneration: 1,
    replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
  };
  return {
    deployment: {
      metadata: { ...identity.metadata('Deployment', id), annotations: REVISION },
      spec: {
        replicas,
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        selector,
        template,
      },
      status: {
        ...ready,
        updatedReplicas: replicas,
        conditions: [
          condition('Available', 'MinimumReplicasAvailable'),
          condition('Progressing', 'NewReplicaSetAvailable'),
        ],
      },
    },
    replicaSet: {
      metadata: { ...identity.metadata('ReplicaSet', replicaSet, owner), annotations: REVISION },
      spec: { replicas, selector, template },
      status: { ...ready, fullyLabeledReplicas: replicas },
    },
  };
}

const condition = (type: string, reason: string) => ({
  type,
  status: 'True',
  reason,
  message: `${type} since the roll-out of the first revision`,
  lastUpdateTime: CREATED,
  lastTransitionTime: CREATED,
});
