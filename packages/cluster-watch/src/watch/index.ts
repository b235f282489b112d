export * from './ClusterWatch';
export * from './ApiClusterWatch';
export * from './ListWatch';
export * from './WatchedResource';
export { STALE_AFTER_MS } from './coverageOf';
