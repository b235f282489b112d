export * from './kubernetes';
export * from './contract';
export { startSandbox } from './startSandbox';
export type { Sandbox, SandboxOptions } from './startSandbox';
export { readState } from './page/sandboxState';
export type { ContractCase } from './contract/ContractCase';
export { argocdContract } from './contract/argocd/argocdContract';
export { giteaContract, type GiteaTarget } from './contract/gitea/giteaContract';
export { kubernetesApiContract, kubernetesControllerContract } from './contract/kubernetes';
