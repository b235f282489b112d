export { KubernetesCluster } from './KubernetesCluster';
export type { ClusterOptions, ListOptions, RemoveOptions, WriteOptions } from './KubernetesCluster';
export { Timeline } from './clock/Timeline';
export type { KubeObject, ObjectMeta, ObjectRef } from './objects/KubeObject';
export { ApiError } from './status/ApiError';
export type { Change } from './store/Change';
export type {
  KubernetesApiOptions,
  PolicyRule,
  RunningApi,
  TokenGrant,
} from './startKubernetesApi';
