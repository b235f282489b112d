export * from './ApiFailure';
export type { ApiRequest, RequestRecorder } from './ApiRequest';
export * from './ClusterApi';
export * from './HttpClusterApi';
