import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, Server } from 'node:https';
import { ControlPlane } from './controlPlane';
import { innerPorts } from './ports';
import { podMetrics, RunningPod, Utilisation, workloadOf } from './usage';
import { waitUntil } from './waitUntil';
import { WorldContext } from './worldContext';

const group = 'metrics.k8s.io';
const groupVersion = `${group}/v1beta1`;
const base = `/apis/${groupVersion}`;

/** An idle service. */
const idle: Utilisation = { cpu: 0.2, memory: 0.4 };

/** The metrics API of the cluster: what the HPA and `kubectl top` read. Utilisation is set by us. */
export class Metrics {
  private readonly utilisation = new Map<string, Utilisation>();

  private constructor(
    private readonly server: Server,
    private readonly controlPlane: ControlPlane,
  ) {
    server.on('request', (request, response) => {
      this.answer(new URL(request.url ?? '/', 'https://localhost')).then(
        body => {
          response.writeHead(body ? 200 : 404, { 'content-type': 'application/json' });
          response.end(JSON.stringify(body ?? { kind: 'Status', status: 'Failure', code: 404 }));
        },
        error => response.writeHead(503).end(String(error)),
      );
    });
  }

  /** Serves the API and registers it with the API server; returns once it is Available. */
  static async start(context: WorldContext, controlPlane: ControlPlane): Promise<Metrics> {
    const server = createServer({
      cert: readFileSync(context.file('world.crt')),
      key: readFileSync(context.file('world.key')),
    });
    const metrics = new Metrics(server, controlPlane);
    await metrics.start();
    context.onStop(() => metrics.stop());
    await register(controlPlane);
    return metrics;
  }

  /** A workload is a Deployment, StatefulSet or any other controller of pods, by name. */
  set(namespace: string, workload: string, utilisation: Partial<Utilisation>): void {
    this.utilisation.set(`${namespace}/${workload}`, { ...idle, ...utilisation });
  }

  /** As after a restart of metrics-server: the HPA cannot compute until it is started again. */
  async stop(): Promise<void> {
    if (!this.server.listening) return;
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  async start(): Promise<void> {
    this.server.listen(innerPorts.metrics, '127.0.0.1');
    await once(this.server, 'listening');
  }

  private async answer(url: URL): Promise<object | undefined> {
    if (url.pathname === base) return discovery;
    const pods = /^\/(?:namespaces\/([^/]+)\/)?pods$/.exec(url.pathname.slice(base.length));
    if (!url.pathname.startsWith(base) || !pods) return undefined;
    return this.podMetricsList(pods[1], url.searchParams.get('labelSelector') ?? undefined);
  }

  private async podMetricsList(namespace?: string, labelSelector?: string): Promise<object> {
    const pods = await this.controlPlane.admin.list<RunningPod>('v1', 'Pod', {
      namespace,
      labelSelector,
    });
    const now = new Date();
    return {
      apiVersion: groupVersion,
      kind: 'PodMetricsList',
      metadata: {},
      items: pods
        .filter(({ status }) => status?.phase === 'Running')
        .map(pod => podMetrics(pod, this.of(pod), now)),
    };
  }

  private of(pod: RunningPod): Utilisation {
    return this.utilisation.get(`${pod.metadata.namespace}/${workloadOf(pod)}`) ?? idle;
  }
}

const discovery = {
  kind: 'APIResourceList',
  apiVersion: 'v1',
  groupVersion,
  resources: [
    {
      name: 'pods',
      singularName: '',
      namespaced: true,
      kind: 'PodMetrics',
      verbs: ['get', 'list'],
    },
  ],
};

/** A Service of type ExternalName is how the aggregator reaches a server outside of the cluster. */
async function register({ admin }: ControlPlane): Promise<void> {
  const service = { name: 'metrics-server', namespace: 'kube-system' };
  await admin.apply({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: service,
    spec: { type: 'ExternalName', externalName: 'localhost' },
  });
  const apiService = {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: `v1beta1.${group}` },
  };
  await admin.apply({
    ...apiService,
    spec: {
      ...{ group, version: 'v1beta1', groupPriorityMinimum: 100, versionPriority: 100 },
      service: { ...service, port: innerPorts.metrics },
      insecureSkipTLSVerify: true,
    },
  });
  await waitUntil(() => admin.send('GET', `${base}/pods`), {
    what: 'the metrics API answers through the API server',
    timeoutSeconds: 30,
  });
}
