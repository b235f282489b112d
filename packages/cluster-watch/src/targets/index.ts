export * from './ClusterTarget';
export * from './readClusterTargets';
