import type { Pod } from '../../objects/pod';
import type { Deployment, Job, ReplicaSet, StatefulSet } from '../../objects/workload';
import { qosClassOf } from '../../quantity/podRequests';
import { fill } from './fill';
import { fillPodSpec } from './podSpecDefaults';

/** Defaults of apps/v1, batch/v1 and of pods themselves; each kind's first status included. */
export const workloadDefaults = {
  Deployment(deployment: Deployment): void {
    fill(deployment, { status: {} });
    const { spec } = deployment;
    fill(spec, {
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: { type: 'RollingUpdate' },
    });
    fill(spec.strategy, { type: 'RollingUpdate' });
    if (spec.strategy.type === 'RollingUpdate') {
      fill(spec.strategy, { rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } });
      if (spec.strategy.rollingUpdate) {
        fill(spec.strategy.rollingUpdate, { maxSurge: '25%', maxUnavailable: '25%' });
      }
    }
    if (spec.template) fillPodSpec(spec.template.spec);
  },

  ReplicaSet(replicaSet: ReplicaSet): void {
    fill(replicaSet, { status: { replicas: 0 } });
    fill(replicaSet.spec, { replicas: 1 });
    fillPodSpec(replicaSet.spec.template.spec);
  },

  StatefulSet(set: StatefulSet): void {
    fill(set, { status: { replicas: 0, availableReplicas: 0 } });
    fill(set.spec as StatefulSet['spec'] & Record<string, unknown>, {
      replicas: 1,
      podManagementPolicy: 'OrderedReady',
      revisionHistoryLimit: 10,
      updateStrategy: { type: 'RollingUpdate' },
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    });
    const { updateStrategy, template, volumeClaimTemplates } = set.spec;
    if (updateStrategy?.type === 'RollingUpdate') {
      fill(updateStrategy, { rollingUpdate: { partition: 0 } });
    }
    volumeClaimTemplates?.forEach(claim => {
      fill(claim, { apiVersion: 'v1', kind: 'PersistentVolumeClaim' });
      fill(claim.spec as { volumeMode?: string }, { volumeMode: 'Filesystem' });
      fill(claim, { status: { phase: 'Pending' } });
    });
    if (template) fillPodSpec(template.spec);
  },

  /** The API server gives a Job its own selector and labels, so that no other Job's pods are taken for its own. */
  Job(job: Job): void {
    fill(job, { status: {} });
    const { spec, metadata } = job;
    const { uid = '', name } = metadata;
    const own = { 'batch.kubernetes.io/controller-uid': uid, 'batch.kubernetes.io/job-name': name };
    fill(spec as Job['spec'] & Record<string, unknown>, {
      parallelism: 1,
      completions: 1,
      backoffLimit: 6,
      completionMode: 'NonIndexed',
      suspend: false,
      podReplacementPolicy: 'TerminatingOrFailed',
      selector: { matchLabels: { 'batch.kubernetes.io/controller-uid': uid } },
    });
    spec.template.metadata = {
      ...spec.template.metadata,
      labels: {
        ...own,
        'controller-uid': uid,
        'job-name': name,
        ...spec.template.metadata?.labels,
      },
    };
    fillPodSpec(spec.template.spec);
  },

  Pod(pod: Pod): void {
    fillPodSpec(pod.spec);
    const { containers, initContainers = [] } = pod.spec;
    for (const { resources } of [...containers, ...initContainers]) {
      if (resources?.limits) resources.requests = { ...resources.limits, ...resources.requests };
    }
    fill(pod.spec as Pod['spec'] & Record<string, unknown>, {
      serviceAccountName: 'default',
      serviceAccount: 'default',
      enableServiceLinks: true,
      preemptionPolicy: 'PreemptLowerPriority',
      priority: 0,
    });
    fill(pod, { status: { phase: 'Pending', qosClass: qosClassOf(pod.spec) } });
  },
};
