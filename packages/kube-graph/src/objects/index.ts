export * from './metadata';
export * from './pod';
export * from './workload';
export * from './network';
export * from './scaling';
export * from './config';
export * from './cluster';
export * from './kinds';
