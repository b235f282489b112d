import type { ContractCase } from '../ContractCase';
import { controllerCases } from './controllerCases';
import type { KubernetesTarget } from './ContractClient';
import { readCases } from './readCases';
import { watchCases } from './watchCases';
import { writeCases } from './writeCases';

/** What clients rely on at a Kubernetes API server; recorded on 1.36.3. Needs its namespace controller, no nodes. */
export const kubernetesApiContract: readonly ContractCase<KubernetesTarget>[] = [
  ...readCases,
  ...writeCases,
  ...watchCases,
];

/** What they rely on at its controllers and scheduler. Needs at least one node, and nothing that runs pods. */
export const kubernetesControllerContract: readonly ContractCase<KubernetesTarget>[] =
  controllerCases;
