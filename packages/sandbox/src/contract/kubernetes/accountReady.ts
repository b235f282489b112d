import type { ContractClient } from './ContractClient';
import { until } from './until';

/** The service account comes a moment after the namespace; before it no pod is created. */
export const accountReady = (client: ContractClient) =>
  until(
    client,
    `${client.path('serviceaccounts')}/default`,
    ({ kind }) => kind === 'ServiceAccount',
  );
