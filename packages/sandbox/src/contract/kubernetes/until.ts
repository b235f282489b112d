import { eventually } from '../eventually';
import type { ContractClient, WireObject } from './ContractClient';

/** Reads an object or a list until the test holds. */
export const until = (
  client: ContractClient,
  path: string,
  test: (object: WireObject) => boolean,
): Promise<WireObject> =>
  eventually(`as expected at ${path}`, async () => (await client.get(path)).body, test);
