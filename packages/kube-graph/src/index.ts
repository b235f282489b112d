export * from './objects';
export * from './selectors';
export * from './quantity';
export * from './edges';
export * from './graph';
export * from './reads';
