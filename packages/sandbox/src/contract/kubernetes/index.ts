export { ContractClient } from './ContractClient';
export type { KubernetesTarget } from './ContractClient';
export type { ForgetfulTarget } from './expiryCases';
export {
  kubernetesApiContract,
  kubernetesControllerContract,
  kubernetesExpiryContract,
} from './kubernetesContract';
