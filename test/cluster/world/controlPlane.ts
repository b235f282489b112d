import { execFileSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { answers } from './answers';
import { newUser, User, writeKubeconfig, writeTokens } from './credentials';
import { Daemon } from './daemon';
import { KubeApi } from './kubeApi';
import { innerPorts } from './ports';
import { WorldContext } from './worldContext';

/** The control plane's own users; `admin` is also what sets scenes. */
const systemUsers = () => ({
  admin: newUser('admin', ['system:masters']),
  controllerManager: newUser('system:kube-controller-manager'),
  scheduler: newUser('system:kube-scheduler'),
});

export interface ControlPlane {
  url: string;
  /** PEM of the certificate that signs the API server's. */
  ca: string;
  admin: KubeApi;
  adminToken: string;
  /** Path of a kubectl of the same version. */
  kubectl: string;
  etcd: Daemon;
  apiServer: Daemon;
  controllerManager: Daemon;
  scheduler: Daemon;
  /** Writes a kubeconfig into the world's folder and returns its path. */
  kubeconfig(user: User, options?: { namespace?: string }): string;
}

/** etcd, API server, controller manager and scheduler, with the given users besides their own. */
export async function startControlPlane(
  context: WorldContext,
  users: User[],
): Promise<ControlPlane> {
  const { ports } = context;
  const own = systemUsers();
  const binary = context.part('control-plane', 'control-plane');
  execFileSync(binary, ['certificate', context.dir]);
  const ca = readFileSync(context.file('world.crt'), 'utf8');
  writeTokens(context.file('tokens.csv'), [...Object.values(own), ...users]);

  const url = `https://127.0.0.1:${ports.kubeApi}`;
  const admin = new KubeApi({ url, ca, token: own.admin.token });
  context.onStop(async () => admin.close());
  const kubeconfig: ControlPlane['kubeconfig'] = (user, options = {}) => {
    const file = context.file(`${user.name.replace(/[^\w-]/g, '-')}.kubeconfig`);
    writeKubeconfig(file, { url, ca, user, ...options });
    return file;
  };
  const daemon = (name: string, args: string[], ready: () => Promise<boolean>) =>
    context.daemon({ name, command: binary, args: [name, ...args], ready });

  // Taken down in reverse: without etcd the API server would ignore SIGTERM for minutes.
  const etcd = daemon('etcd', etcdFlags(context), () =>
    answers(`http://127.0.0.1:${innerPorts.etcd}/health`),
  );
  const apiServer = daemon('kube-apiserver', apiServerFlags(context), async () => {
    await admin.send('GET', '/readyz');
    return true;
  });
  const controllerManager = daemon(
    'controller-manager',
    controllerManagerFlags(context, kubeconfig(own.controllerManager)),
    // Its first visible work: every namespace gets its default service account.
    () => exists(admin, 'ServiceAccount', 'default'),
  );
  const scheduler = daemon(
    'scheduler',
    [
      ...['--kubeconfig', kubeconfig(own.scheduler), '--leader-elect=false'],
      ...['--bind-address=127.0.0.1', `--secure-port=${innerPorts.scheduler}`],
    ],
    () => answers(`https://127.0.0.1:${innerPorts.scheduler}/healthz`),
  );
  kubeconfig(own.admin);
  const kubectl = context.file('bin', 'kubectl');
  symlinkSync(binary, kubectl);

  await etcd.start();
  await apiServer.start();
  await Promise.all([controllerManager.start(), scheduler.start()]);
  return {
    ...{ url, ca, admin, adminToken: own.admin.token, kubectl },
    ...{ etcd, apiServer, controllerManager, scheduler, kubeconfig },
  };
}

function etcdFlags(context: WorldContext): string[] {
  const clients = `http://127.0.0.1:${innerPorts.etcd}`;
  const peers = `http://127.0.0.1:${innerPorts.etcdPeers}`;
  return [
    ...['--data-dir', context.file('etcd'), '--unsafe-no-fsync', '--log-level', 'warn'],
    ...['--listen-client-urls', clients, '--advertise-client-urls', clients],
    ...['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers],
    ...['--initial-cluster', `default=${peers}`],
  ];
}

function apiServerFlags(context: WorldContext): string[] {
  const [certificate, key] = [context.file('world.crt'), context.file('world.key')];
  return [
    `--etcd-servers=http://127.0.0.1:${innerPorts.etcd}`,
    ...['--bind-address=127.0.0.1', '--advertise-address=127.0.0.1'],
    `--secure-port=${context.ports.kubeApi}`,
    ...[`--tls-cert-file=${certificate}`, `--tls-private-key-file=${key}`],
    '--service-account-issuer=https://kubernetes.default.svc',
    ...[`--service-account-key-file=${key}`, `--service-account-signing-key-file=${key}`],
    `--token-auth-file=${context.file('tokens.csv')}`,
    '--authorization-mode=Node,RBAC',
    '--enable-admission-plugins=NodeRestriction',
    // The kubelets are Ready at once; the taint would only delay the first pods.
    '--disable-admission-plugins=TaintNodesByCondition',
    ...['--service-cluster-ip-range=10.96.0.0/16', '--allow-privileged=true'],
    '--kubelet-preferred-address-types=InternalIP',
    // For the metrics API, which is an aggregated one.
    ...[`--requestheader-client-ca-file=${certificate}`, '--requestheader-allowed-names='],
    '--requestheader-username-headers=X-Remote-User',
    '--requestheader-group-headers=X-Remote-Group',
    '--requestheader-extra-headers-prefix=X-Remote-Extra-',
    ...[`--proxy-client-cert-file=${certificate}`, `--proxy-client-key-file=${key}`],
  ];
}

function controllerManagerFlags(context: WorldContext, kubeconfig: string): string[] {
  return [
    ...['--kubeconfig', kubeconfig, '--leader-elect=false', '--secure-port=0'],
    ...['--use-service-account-credentials', '--root-ca-file', context.file('world.crt')],
    ...['--service-account-private-key-file', context.file('world.key')],
    ...['--kube-api-qps=100', '--kube-api-burst=200'],
    // The defaults (15 s, 30 s, 5 min) are for CPU that has to warm up; here it is set by a test.
    '--horizontal-pod-autoscaler-sync-period=3s',
    '--horizontal-pod-autoscaler-initial-readiness-delay=1s',
    '--horizontal-pod-autoscaler-cpu-initialization-period=1s',
  ];
}

async function exists(api: KubeApi, kind: string, name: string): Promise<boolean> {
  const ref = { apiVersion: 'v1', kind, metadata: { name, namespace: 'default' } };
  return (await api.find(ref)) !== undefined;
}
