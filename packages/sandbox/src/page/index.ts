export { startControlPage } from './startControlPage';
export type { ControlPage } from './startControlPage';
export type { FaultKind, Faults, WorkloadRef } from './Faults';
export type { SandboxStatus } from './sandboxStatus';
export { cacheFolder, removeState, writeState } from './sandboxState';
