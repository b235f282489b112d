import { mergeReads, podTemplateReads, type Reads } from './Reads';

/** What the graph itself needs of each kind to relate objects. */
export const graphReads: Reads = mergeReads(
  podTemplateReads(
    '/metadata/labels',
    '/spec/serviceAccountName',
    '/spec/containers/name',
    '/spec/containers/env/name',
    '/spec/containers/env/valueFrom',
    '/spec/containers/envFrom',
    '/spec/containers/ports',
    '/spec/initContainers/name',
    '/spec/initContainers/restartPolicy',
    '/spec/initContainers/env/name',
    '/spec/initContainers/env/valueFrom',
    '/spec/initContainers/envFrom',
    '/spec/initContainers/ports',
    '/spec/volumes',
  ),
  {
    Deployment: { fields: ['/spec/selector'] },
    StatefulSet: { fields: ['/spec/selector'] },
    DaemonSet: { fields: ['/spec/selector'] },
    ReplicaSet: {
      fields: ['/spec/selector', '/metadata/annotations/deployment.kubernetes.io~1revision'],
    },
    Job: { fields: ['/spec/selector'] },
    CronJob: { fields: [] },
    Pod: { fields: ['/spec/nodeName'] },
    Service: { fields: ['/spec'] },
    EndpointSlice: { fields: ['/endpoints', '/ports', '/addressType'] },
    HorizontalPodAutoscaler: { fields: ['/spec/scaleTargetRef'] },
    PodDisruptionBudget: { fields: ['/spec/selector'] },
    NetworkPolicy: { fields: ['/spec'] },
    Event: {
      fields: [
        '/involvedObject',
        '/type',
        '/reason',
        '/message',
        '/count',
        '/firstTimestamp',
        '/lastTimestamp',
        '/eventTime',
        '/series',
      ],
    },
    Node: { fields: [] },
    ResourceQuota: { fields: [] },
    ServiceAccount: { fields: [] },
    ConfigMap: { fields: [], keysOf: ['/data', '/binaryData'] },
  },
);
