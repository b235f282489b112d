export * from './clusterGone';
