import type { ContractCase } from '../ContractCase';
import { contentsCases } from './contentsCases';
import type { GiteaTarget } from './GiteaTarget';
import { historyCases } from './historyCases';
import { repositoryCases } from './repositoryCases';
import { transportCases } from './transportCases';

export type { GiteaTarget };

/** What the portal relies on at a Gitea; recorded on Gitea 1.26.0. */
export const giteaContract: readonly ContractCase<GiteaTarget>[] = [
  ...repositoryCases,
  ...contentsCases,
  ...historyCases,
  ...transportCases,
];
