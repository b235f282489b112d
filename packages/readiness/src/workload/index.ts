export * from './longRunning';
export * from './servedBy';
export * from './scalersInEffect';
export * from './replicaRange';
export * from './portOwners';
export * from './resources';
