export type { ContractCase } from './ContractCase';
export { argocdContract } from './argocd/argocdContract';
export type { ArgoCdTarget } from './argocd/ArgoCdTarget';
export { giteaContract } from './gitea/giteaContract';
export type { GiteaTarget } from './gitea/GiteaTarget';
export * from './kubernetes';
