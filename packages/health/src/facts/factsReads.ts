import { mergeReads, podTemplateReads, type Reads } from '@waymark/kube-graph';

/** What `describe` reads beyond the verdict. */
export const factsReads: Reads = mergeReads(podTemplateReads('/spec/containers/image'), {
  Deployment: {
    fields: ['/metadata/annotations/deployment.kubernetes.io~1revision', '/status/updatedReplicas'],
  },
  StatefulSet: { fields: ['/status/updateRevision', '/status/updatedReplicas'] },
  Job: { fields: ['/spec/parallelism', '/status/ready'] },
  Pod: {
    fields: [
      '/status/phase',
      '/status/reason',
      '/status/startTime',
      '/status/conditions',
      '/status/containerStatuses',
      '/status/initContainerStatuses',
    ],
  },
  HorizontalPodAutoscaler: { fields: ['/spec', '/status'] },
  PodDisruptionBudget: { fields: ['/spec', '/status'] },
});
