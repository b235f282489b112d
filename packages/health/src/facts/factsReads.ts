import { mergeReads, podTemplateReads, type Reads } from '@waymark/kube-graph';
import { conditionReads } from '../pods/podState';
import { containerStatusReads } from '../pods/containers';

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
      ...conditionReads,
      ...containerStatusReads,
    ],
  },
  HorizontalPodAutoscaler: { fields: ['/spec', '/status'] },
  PodDisruptionBudget: { fields: ['/spec', '/status'] },
});
