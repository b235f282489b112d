export * from './ApiFailure';
export * from './ClusterApi';
export * from './HttpClusterApi';
