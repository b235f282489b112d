import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDelivery, startArgoCd } from './argocd';
import { APPLICATION_API } from './argocd/application/Application';
import { type GitHost, startGitHost } from './git';
import { everything, startKubernetesApi, startSimulatedCluster, Timeline } from './kubernetes';
import type { SimulatedCluster } from './kubernetes';
import { FaultInjector } from './kubernetes/faults/FaultInjector';
import type { TokenGrant } from './kubernetes/http/TokenGrant';
import { removeState, startControlPage, writeState } from './page';
import { timestamp } from './kubernetes/store/transitions';
import { pastOf, playSeed } from './seed/playSeed';
import { readSeed, type Seed } from './seed/readSeed';

export interface SandboxOptions {
  /** 0, the default, takes free ones. */
  readonly ports?: {
    readonly kubernetes?: number;
    readonly argocd?: number;
    readonly git?: number;
    readonly page?: number;
  };
  /**
   * Where repositories lie while it runs. Without it a folder of its own, removed in the end. The cluster lives in
   * memory either way: a sandbox that is started again is a new one.
   */
  readonly stateDir?: string;
  /** The Helm program: a path, or a name on the PATH. */
  readonly helm?: string;
  /** Tokens besides the two that every sandbox has. */
  readonly tokens?: readonly TokenGrant[];
  /** Leaves no note for `npm run sandbox`; for tests. */
  readonly unannounced?: boolean;
}

export interface Sandbox {
  readonly urls: {
    readonly kubernetes: string;
    readonly argocd: string;
    readonly git: string;
    readonly page: string;
  };
  readonly tokens: {
    /** May do everything in the cluster. */
    readonly kubernetes: string;
    /** May not read autoscalers and nodes: what a portal with too small a role gets to see. */
    readonly restricted: string;
    readonly argocd: string;
  };
  readonly simulation: SimulatedCluster;
  readonly faults: FaultInjector;
  readonly pageUrl: string;
  /** For `app-config.sandbox.yaml`. */
  readonly variables: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Starts the outside world of a first run on loopback: a Kubernetes API, an Argo CD, a Git host and a page to break
 * and mend things, with Robot Shop running in it since a while.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const stopPart of stops.splice(0).reverse()) await stopPart();
  };
  try {
    return { ...(await startParts(options, stops)), stop };
  } catch (error) {
    // A port that is taken must not leave the other parts running.
    await stop();
    throw error;
  }
}

async function startParts(
  options: SandboxOptions,
  stops: (() => unknown)[],
): Promise<Omit<Sandbox, 'stop'>> {
  const { ports = {}, helm, stateDir } = options;
  const dir = stateDir ?? (await mkdtemp(join(tmpdir(), 'waymark-sandbox-')));
  if (!stateDir) stops.push(() => rm(dir, { recursive: true, force: true }));
  const seed = readSeed('robot-shop');
  const timeline = Timeline.startingAt(new Date(Date.now() - pastOf(seed)));
  const simulation = startSimulatedCluster({ timeline });
  const { cluster } = simulation;
  const faults = FaultInjector.create(simulation);
  stops.push(() => simulation.stop());
  const tokens = { kubernetes: token(), restricted: token(), argocd: token() };
  const gitHost = await startGitHost({
    port: ports.git ?? 0,
    dir: join(dir, 'git'),
    user: GIT_USER,
    password: token(),
    org: seed.owner,
    now: () => timeline.now(),
  });
  stops.push(() => gitHost.stop());
  await playSeed(seed, { simulation, faults, deploy: deployThrough(simulation, gitHost) });
  settle(simulation, seed);
  timeline.followWallClock();

  const kubernetes = await startKubernetesApi({
    cluster,
    port: ports.kubernetes ?? 0,
    tokens: [...grantsFor(tokens), ...(options.tokens ?? [])],
    logs: simulation.kubelets,
  });
  stops.push(() => kubernetes.stop());
  const argocd = await startArgoCd({
    cluster,
    port: ports.argocd ?? 0,
    gitHost,
    dir: join(dir, 'argocd'),
    helm,
    token: tokens.argocd,
  });
  stops.push(() => argocd.stop());
  const page = await startControlPage({ cluster, faults, argocd, gitHost }, ports.page ?? 0);
  stops.push(() => page.stop());
  if (!options.unannounced) {
    writeState({ url: page.url, pid: process.pid });
    stops.push(() => removeState(process.pid));
  }
  const urls = { kubernetes: kubernetes.url, argocd: argocd.url, git: gitHost.url, page: page.url };
  const variables = variablesFor(urls, tokens, gitHost, seed);
  return { urls, tokens, simulation, faults, pageUrl: page.url, variables };
}

const variablesFor = (
  urls: Sandbox['urls'],
  tokens: Sandbox['tokens'],
  gitHost: GitHost,
  seed: Seed,
): Record<string, string> => ({
  SANDBOX_KUBERNETES_URL: urls.kubernetes,
  SANDBOX_KUBERNETES_TOKEN: tokens.kubernetes,
  SANDBOX_ARGOCD_URL: urls.argocd,
  SANDBOX_ARGOCD_TOKEN: tokens.argocd,
  SANDBOX_GIT_URL: urls.git,
  SANDBOX_GIT_HOST: new URL(urls.git).host,
  SANDBOX_GIT_USER: gitHost.user,
  SANDBOX_GIT_PASSWORD: gitHost.password,
  SANDBOX_GIT_OWNER: seed.owner,
});

/** Backstage takes the name for a secret and blackens it in its log: it must not be a word that stands there. */
const GIT_USER = 'waymark-sandbox';

/** Made anew for every start: nothing that is committed opens a sandbox. */
const token = (): string => randomBytes(24).toString('base64url');

const grantsFor = ({ kubernetes, restricted }: { kubernetes: string; restricted: string }) => [
  { token: kubernetes, user: 'waymark', groups: ['system:masters'], rules: everything },
  {
    token: restricted,
    user: 'waymark-restricted',
    rules: ['', 'apps', 'batch', 'discovery.k8s.io', 'policy', 'networking.k8s.io'].map(group => ({
      apiGroups: [group],
      resources: group === '' ? readableCore : ['*'],
      verbs: ['get', 'list', 'watch'],
    })),
  },
];

const readableCore = ['pods', 'pods/log', 'services', 'events', 'configmaps', 'serviceaccounts'];

/**
 * Robot Shop goes through Git and Argo CD like everything else. It is deployed automatically but does not heal
 * itself, so that a change by hand stays to be seen and the sync button has something to do.
 */
const deployThrough =
  ({ cluster }: SimulatedCluster, gitHost: GitHost) =>
  async (seed: Seed): Promise<void> => {
    await seedDelivery({ cluster, gitHost }, seed);
    for (const application of cluster.list({ kind: 'Application', apiVersion: APPLICATION_API })) {
      cluster.modify(application, draft => {
        const { syncPolicy } = draft.spec as { syncPolicy: { automated: { selfHeal: boolean } } };
        syncPolicy.automated.selfHeal = false;
      });
    }
  };

/** Argo CD joins only now, but would have seen the health of its applications change when it did. */
function settle({ cluster }: SimulatedCluster, seed: Seed): void {
  const minutesAgo = (minutes: number) =>
    timestamp(new Date(cluster.timeline.now().getTime() - minutes * 60_000));
  for (const application of cluster.list({ kind: 'Application', apiVersion: APPLICATION_API })) {
    const { name } = application.metadata;
    const fault = seed.faults.find(({ workload, degrades }) => workload === name && degrades);
    const health = fault
      ? { status: 'Degraded', lastTransitionTime: minutesAgo(fault.minutesAgo) }
      : { status: 'Healthy', lastTransitionTime: minutesAgo(seed.deployedMinutesAgo - 1) };
    cluster.modify(application, draft => {
      draft.status = { ...(draft.status as object), health };
    });
  }
}
