import type { ContractCase } from '../ContractCase';
import { accessCases } from './accessCases';
import { controllerCases } from './controllerCases';
import type { KubernetesTarget } from './ContractClient';
import { expiryCases, type ForgetfulTarget } from './expiryCases';
import { podCases } from './podCases';
import { podLogCases } from './podLogCases';
import type { PodTarget } from './PodTarget';
import { readCases } from './readCases';
import { watchCases } from './watchCases';
import { writeCases } from './writeCases';

/** What clients rely on at a Kubernetes API server; recorded on 1.36.3. Needs its namespace controller, no nodes. */
export const kubernetesApiContract: readonly ContractCase<KubernetesTarget>[] = [
  ...readCases,
  ...writeCases,
  ...watchCases,
];

/** What they rely on at its controllers and scheduler. Needs a ready node with room; its pods may run or not. */
export const kubernetesControllerContract: readonly ContractCase<KubernetesTarget>[] =
  controllerCases;

/** At its kubelets, whose containers can be told what to do; and what a user is told who may only read pods. */
export const kubernetesPodContract: readonly ContractCase<PodTarget>[] = [
  ...podCases,
  ...podLogCases,
  ...accessCases,
];

/** What they are told by a server that has forgotten; apart, because it disturbs everybody else who watches. */
export const kubernetesExpiryContract: readonly ContractCase<ForgetfulTarget>[] = expiryCases;
