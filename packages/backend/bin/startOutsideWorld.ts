import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');

export interface OutsideWorld {
  /** One line for the person at the terminal. */
  readonly description: string;
  /** Overlays that point the portal at it. */
  readonly configs: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts what the portal talks to: the sandbox, the real parts, or nothing where the caller's configuration names a world of its own. */
export async function startOutsideWorld(world: 'sandbox' | 'real' | 'none'): Promise<OutsideWorld> {
  if (world === 'none') {
    return {
      description: 'It uses the clusters and Git hosts of your configuration.',
      configs: [],
      variables: {},
      stop: async () => {},
    };
  }
  if (world === 'real') {
    const { openWorld } = await import('../../../test/cluster/world/openWorld');
    return openWorld();
  }
  const { startSandbox } = await import('@waymark/sandbox');
  const sandbox = await startSandbox();
  return {
    description: `The sandbox plays cluster, Argo CD and Git host; break and mend things at ${sandbox.pageUrl}`,
    configs: [join(root, 'app-config.sandbox.yaml')],
    variables: sandbox.variables,
    stop: () => sandbox.stop(),
  };
}
