import { ArgoCd } from './argocd';
import { Behaviours } from './behaviour';
import { buildWorld } from './build';
import { ControlPlane, startControlPlane } from './controlPlane';
import { newUser } from './credentials';
import { installCustomResources } from './customResources';
import { Gitea } from './gitea';
import { KubeletNode, nodeUser, startKubelets } from './kubelets';
import { startKwok } from './kwok';
import { Metrics } from './metrics';
import { addAddresses, insideNamespace } from './namespace';
import { nodePlaces, podAddresses } from './nodes';
import { PartName } from './parts';
import { defaultPorts, Ports } from './ports';
import { grantPortal, PolicyRule, portalUser } from './portalUser';
import { takeDir } from './takeDir';
import { requireTools } from './tools';
import { WorldContext } from './worldContext';

export interface WorldOptions {
  /** Logs, data and credentials; emptied first. Keep it short: unix sockets lie in it. */
  dir: string;
  /** Nodes whose containers are processes; the first three are in three zones. */
  nodes?: number;
  /** Nodes whose pods only walk through their conditions. */
  kwokNodes?: number;
  argocd?: boolean;
  gitea?: boolean;
  /** What the portal's user may do; nothing without it. See {@link World.grantPortal}. */
  portalRules?: PolicyRule[];
  ports?: Ports;
  log?: (line: string) => void;
}

export interface PortalAccess {
  token: string;
  kubeconfig: string;
}

/** The real outside world on loopback. */
export interface World {
  readonly dir: string;
  readonly controlPlane: ControlPlane;
  readonly nodes: KubeletNode[];
  readonly behaviours: Behaviours;
  readonly metrics: Metrics;
  /** The portal's own user: it can do what grantPortal() said last, and nothing else. */
  readonly portal: PortalAccess;
  readonly argocd?: ArgoCd;
  readonly gitea?: Gitea;
  grantPortal(rules: PolicyRule[]): Promise<void>;
  /** Ends every process. The folder stays, for its logs. */
  stop(): Promise<void>;
}

/** The parts that these options need; build them before entering the namespace. */
export function partsOf({ argocd, gitea, nodes = 3 }: Partial<WorldOptions>): PartName[] {
  return [
    'control-plane',
    ...(nodes > 0 ? (['kubelet'] as const) : []),
    ...(gitea ? (['gitea'] as const) : []),
    ...(argocd ? (['argocd'] as const) : []),
  ];
}

/**
 * Starts the world inside the caller's network namespace (see namespace.ts) and waits until all of
 * it answers. A failure names the log to read, and leaves no process behind.
 */
export async function startWorld(options: WorldOptions): Promise<World> {
  if (!insideNamespace()) {
    throw new Error('startWorld() needs its own network namespace: go through rerunInNamespace()');
  }
  requireTools(['ip', 'nsenter', 'setpriv', 'git']);
  if (options.argocd) requireTools(['helm', 'redis-server']);
  const log = options.log ?? (() => undefined);
  const context = new WorldContext({
    dir: takeDir(options.dir),
    built: await buildWorld(partsOf(options), log),
    ports: options.ports ?? defaultPorts,
    log,
  });
  try {
    return await assemble(context, options);
  } catch (error) {
    await context.stop();
    throw error;
  }
}

async function assemble(context: WorldContext, options: WorldOptions): Promise<World> {
  const places = nodePlaces(options.nodes ?? 3);
  addAddresses([podAddresses, ...places.map(({ ip }) => `${ip}/32`)]);
  const users = {
    portal: portalUser(),
    driver: newUser('secrets-store-driver', ['system:masters']),
    argocd: newUser('argocd', ['system:masters']),
    nodes: places.map(nodeUser),
  };
  const behaviours = new Behaviours(context.folder('control'));
  // Gitea needs nothing of the cluster, so it starts beside it.
  const [controlPlane, gitea] = await together([
    context.timed(
      'Kubernetes control plane',
      startControlPlane(context, [users.portal, users.driver, users.argocd, ...users.nodes]),
    ),
    options.gitea ? context.timed('Gitea', Gitea.start(context)) : Promise.resolve(undefined),
  ]);
  const { admin } = controlPlane;
  await together([installCustomResources(admin), grantPortal(admin, options.portalRules ?? [])]);

  const kubelets = { places, users: users.nodes, driver: users.driver, control: behaviours.dir };
  const [nodes, metrics, argocd] = await together([
    context.timed('Nodes', startKubelets(context, controlPlane, kubelets)),
    Metrics.start(context, controlPlane),
    options.argocd
      ? context.timed('Argo CD', ArgoCd.start(context, controlPlane, { user: users.argocd, gitea }))
      : Promise.resolve(undefined),
    options.kwokNodes
      ? context.timed('kwok nodes', startKwok(context, controlPlane, options.kwokNodes))
      : Promise.resolve(undefined),
  ]);
  return {
    dir: context.dir,
    ...{ controlPlane, nodes, behaviours, metrics, argocd, gitea },
    portal: { token: users.portal.token, kubeconfig: controlPlane.kubeconfig(users.portal) },
    grantPortal: rules => grantPortal(admin, rules),
    stop: () => context.stop(),
  };
}

/** Promise.all that fails only when nothing is in progress any more, so that all can be undone. */
async function together<T extends unknown[]>(work: {
  [index in keyof T]: Promise<T[index]>;
}): Promise<T> {
  const results = await Promise.allSettled(work);
  const failed = results.find(({ status }) => status === 'rejected');
  if (failed) throw (failed as PromiseRejectedResult).reason;
  return results.map(result => (result as PromiseFulfilledResult<unknown>).value) as T;
}
