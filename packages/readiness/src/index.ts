export * from './engine';
export * from './render';
export * from './rules';
export * from './readinessReads';
