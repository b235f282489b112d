export * from './csiVolumes';
export * from './placeOf';
export * from './usesPodIdentity';
export * from './secretSources';
