export * from './contract';
export * from './kubernetes';
export { readState, stateFile } from './page/sandboxState';
export { startSandbox } from './startSandbox';
export type { Sandbox, SandboxOptions } from './startSandbox';
