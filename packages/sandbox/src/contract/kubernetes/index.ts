export { ContractClient } from './ContractClient';
export type { KubernetesTarget } from './ContractClient';
export type { ForgetfulTarget } from './expiryCases';
export type { ContainerPlay, PodTarget } from './PodTarget';
export {
  kubernetesApiContract,
  kubernetesControllerContract,
  kubernetesExpiryContract,
  kubernetesPodContract,
} from './kubernetesContract';
