import { join, resolve } from 'node:path';
import { startSandbox } from '@waymark/sandbox';
import { openWorld } from '@waymark/test/cluster/world/openWorld';

const root = resolve(__dirname, '../../..');

export interface OutsideWorld {
  /** One line for the person at the terminal. */
  readonly description: string;
  /** Overlays that point the portal at it. */
  readonly configs: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const NOTHING: OutsideWorld = {
  description: 'It uses the clusters and Git hosts of your configuration.',
  configs: [],
  variables: {},
  stop: async () => {},
};

/** Starts what the portal talks to: the sandbox, the real parts, or nothing where the caller's configuration names a world of its own. */
export async function startOutsideWorld(world: 'sandbox' | 'real' | 'none'): Promise<OutsideWorld> {
  if (world === 'none') return NOTHING;
  if (world === 'real') return openWorld();
  const sandbox = await startSandbox();
  return {
    description: `The sandbox plays cluster, Argo CD and Git host; break and mend things at ${sandbox.pageUrl}`,
    configs: [join(root, 'app-config.sandbox.yaml')],
    variables: sandbox.variables,
    stop: () => sandbox.stop(),
  };
}
