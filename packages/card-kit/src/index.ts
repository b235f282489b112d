export * from './live';
export * from './age';
export * from './status';
export * from './command';
export * from './notice';
export * from './translation';
