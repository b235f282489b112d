export { ContractClient } from './ContractClient';
export type { KubernetesTarget } from './ContractClient';
export { kubernetesContract } from './kubernetesContract';
export { expiredWatchCase } from './watchCases';
