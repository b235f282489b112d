import type { ContractCase } from '../ContractCase';
import { accessCases } from './accessCases';
import type { ArgoCdTarget } from './ArgoCdTarget';
import { creationCases } from './creationCases';
import { operationCases } from './operationCases';
import { readingCases } from './readingCases';
import { syncCases } from './syncCases';

/** What the portal relies on at an Argo CD; recorded on Argo CD 3.2.6. */
export const argocdContract: readonly ContractCase<ArgoCdTarget>[] = [
  ...accessCases,
  ...creationCases,
  ...syncCases,
  ...operationCases,
  ...readingCases,
];
