export * from './kubernetes';
export { startSandbox } from './startSandbox';
export type { Sandbox, SandboxOptions } from './startSandbox';
