export { ContractClient } from './ContractClient';
export type { KubernetesTarget } from './ContractClient';
export { kubernetesApiContract, kubernetesControllerContract } from './kubernetesContract';
export { expiredWatchCase } from './watchCases';
