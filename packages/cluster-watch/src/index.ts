export * from './targets/ClusterTarget';
export * from './credentials/ClusterCredentials';
export * from './watch/ClusterWatch';
export * from './store/ObjectStore';
