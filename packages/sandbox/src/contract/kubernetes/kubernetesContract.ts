import type { ContractCase } from '../ContractCase';
import type { KubernetesTarget } from './ContractClient';
import { readCases } from './readCases';
import { watchCases } from './watchCases';
import { writeCases } from './writeCases';

/** What clients rely on at a Kubernetes API server; recorded on 1.36.3. Needs its namespace controller, no nodes. */
export const kubernetesContract: readonly ContractCase<KubernetesTarget>[] = [
  ...readCases,
  ...writeCases,
  ...watchCases,
];
