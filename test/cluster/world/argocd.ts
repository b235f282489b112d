import { readdirSync, readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { accepts, answers } from './answers';
import { ArgoCdApi } from './argocdApi';
import { argocdNamespace, argocdObjects, repositoryCredentials } from './argocdObjects';
import { ControlPlane } from './controlPlane';
import { User } from './credentials';
import { installDefinitions } from './customResources';
import { Daemon } from './daemon';
import { Gitea } from './gitea';
import { KubeObject } from './kubeApi';
import { innerPorts } from './ports';
import { WorldContext } from './worldContext';

/** The processes of one Argo CD. */
export interface ArgoCdDaemons {
  redis: Daemon;
  repoServer: Daemon;
  controller: Daemon;
  server: Daemon;
}

/** Argo CD on the world's own cluster, with an account for the portal. */
export class ArgoCd {
  private constructor(
    readonly url: string,
    /** Token of the account `waymark`. */
    readonly token: string,
    readonly adminPassword: string,
    /** As the account `waymark`. */
    readonly api: ArgoCdApi,
    readonly daemons: ArgoCdDaemons,
  ) {}

  static async start(
    context: WorldContext,
    controlPlane: ControlPlane,
    options: { user: User; gitea?: Gitea },
  ): Promise<ArgoCd> {
    const url = `http://127.0.0.1:${context.ports.argocd}`;
    await installDefinitions(controlPlane.admin, definitions(context));
    await controlPlane.admin.applyAll(argocdObjects(url));
    if (options.gitea) {
      await controlPlane.admin.apply(repositoryCredentials(options.gitea.url, options.gitea));
    }
    const daemons = argocdDaemons(
      context,
      controlPlane.kubeconfig(options.user, { namespace: argocdNamespace }),
    );
    await daemons.redis.start();
    await startPrograms(daemons);
    const adminPassword = await initialPassword(controlPlane);
    const token = await ArgoCdApi.createToken(url, adminPassword, 'waymark');
    await options.gitea?.notifyOnPush(`${url}/api/webhook`);
    return new ArgoCd(url, token, adminPassword, new ArgoCdApi(url, token), daemons);
  }

  /** All of its programs crash; Redis, which is not its own, stays. */
  async kill(): Promise<void> {
    const { server, controller, repoServer } = this.daemons;
    await Promise.all([server.kill(), controller.kill(), repoServer.kill()]);
  }

  /** Starts what is not running. */
  async restart(): Promise<void> {
    await startPrograms(this.daemons);
  }
}

async function startPrograms({ server, controller, repoServer }: ArgoCdDaemons): Promise<void> {
  await Promise.all([repoServer.start(), controller.start(), server.start()]);
}

function argocdDaemons(context: WorldContext, kubeconfig: string): ArgoCdDaemons {
  const redisAddress = `127.0.0.1:${innerPorts.redis}`;
  const program = (name: string, args: string[], health: string) =>
    context.daemon({
      name: `argocd-${name}`,
      command: context.part('argocd', 'argocd'),
      args: [...args, '--redis', redisAddress, '--loglevel', 'warn'],
      env: { ...environment(context, `argocd-${name}`), KUBECONFIG: kubeconfig },
      ready: () => answers(health),
    });
  const kubernetes = ['--namespace', argocdNamespace];
  const repository = [
    '--repo-server-plaintext',
    ...['--repo-server', `127.0.0.1:${innerPorts.argocdRepoServer}`],
  ];
  const local = (port: number, metrics: number) => [
    ...['--address', '127.0.0.1', '--port', String(port)],
    ...['--metrics-address', '127.0.0.1', '--metrics-port', String(metrics)],
  ];
  const { argocdRepoServer, argocdRepoServerMetrics, argocdController, argocdServerMetrics } =
    innerPorts;
  return {
    redis: context.daemon({
      name: 'redis',
      command: 'redis-server',
      args: ['--bind', '127.0.0.1', '--port', String(innerPorts.redis), '--save', ''],
      cwd: context.dir,
      ready: () => accepts(innerPorts.redis),
    }),
    repoServer: program(
      'repo-server',
      ['--disable-tls', ...local(argocdRepoServer, argocdRepoServerMetrics)],
      `http://127.0.0.1:${argocdRepoServerMetrics}/healthz?full=true`,
    ),
    controller: program(
      'application-controller',
      [...kubernetes, ...repository, '--metrics-port', String(argocdController)],
      `http://127.0.0.1:${argocdController}/healthz`,
    ),
    server: program(
      'server',
      [
        ...[...kubernetes, ...repository, '--insecure'],
        ...local(context.ports.argocd, argocdServerMetrics),
      ],
      `http://127.0.0.1:${context.ports.argocd}/healthz?full=true`,
    ),
  };
}

/** One binary that looks at its name; folders that a container image would bring. */
function environment(context: WorldContext, name: string): Record<string, string> {
  const folder = (own: string) => context.folder('argocd', own);
  return {
    ARGOCD_BINARY_NAME: name,
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    ARGOCD_TLS_DATA_PATH: folder('tls'),
    ARGOCD_SSH_DATA_PATH: folder('ssh'),
    // In /tmp by default, where a second Argo CD would find it taken.
    ARGOCD_ASK_PASS_SOCK: context.file('argocd', 'ask-pass.sock'),
    HOME: folder('home'),
    TMPDIR: folder('tmp'),
    // Git asks a program called argocd for passwords.
    PATH: `${context.part('argocd')}:${process.env.PATH ?? ''}`,
  };
}

function definitions(context: WorldContext): KubeObject[] {
  const dir = context.part('argocd', 'crds');
  return readdirSync(dir)
    .filter(name => name.endsWith('-crd.yaml'))
    .map(name => load(readFileSync(`${dir}/${name}`, 'utf8')) as KubeObject);
}

async function initialPassword({ admin }: ControlPlane): Promise<string> {
  const secret = await admin.get<KubeObject & { data: { password: string } }>({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'argocd-initial-admin-secret', namespace: argocdNamespace },
  });
  return Buffer.from(secret.data.password, 'base64').toString();
}
