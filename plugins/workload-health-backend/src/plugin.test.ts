import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { coreServices, createServiceFactory } from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  actionsRegistryServiceMock,
  metricsServiceMock,
} from '@backstage/backend-test-utils/alpha';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { entityHealthSchema } from '@waymark/backstage-plugin-workload-health-common';
import type { ApiRequest } from '@waymark/cluster-watch';
import request from 'supertest';
import workloadHealthPlugin from '.';

const labels = { 'app.kubernetes.io/name': 'web' };
const START = new Date(Date.now() - 3_600_000).toISOString();
const condition = (type: string, status: string, reason: string) => ({
  type,
  status,
  reason,
  lastTransitionTime: START,
});

const deployment = (ready: number) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'd',
    generation: 1,
    labels,
    resourceVersion: `${ready}`,
  },
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'web:1' }] } },
  },
  status: {
    observedGeneration: 1,
    replicas: 2,
    updatedReplicas: 2,
    readyReplicas: ready,
    availableReplicas: ready,
    conditions: [
      condition('Available', ready ? 'True' : 'False', 'MinimumReplicas'),
      condition(
        'Progressing',
        ready ? 'True' : 'False',
        ready ? 'NewReplicaSetAvailable' : 'ProgressDeadlineExceeded',
      ),
    ],
  },
});

/** One Deployment behind the two verbs that a watch uses. */
class OneDeployment {
  readonly #watches = new Set<ServerResponse>();
  readonly server: Server = createServer((req, res) => {
    const { pathname, searchParams } = new URL(req.url!, 'http://api');
    res.writeHead(200, { 'content-type': 'application/json' });
    const isDeployments = pathname.endsWith('/deployments');
    if (searchParams.has('watch')) {
      res.flushHeaders();
      if (isDeployments) this.#watches.add(res);
      return;
    }
    res.end(
      JSON.stringify({
        metadata: { resourceVersion: '1' },
        items: isDeployments ? [deployment(2)] : [],
      }),
    );
  });

  async start() {
    await new Promise<void>(resolve => {
      this.server.listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  change(object: object) {
    for (const watch of this.#watches)
      watch.write(`${JSON.stringify({ type: 'MODIFIED', object })}\n`);
  }

  stop() {
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function eventually<T>(probe: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  const end = Date.now() + 5_000;
  for (;;) {
    const value = await probe();
    if (holds(value) || Date.now() > end) return value;
    await new Promise(resolve => {
      setTimeout(resolve, 20);
    });
  }
}

describe('workload-health plugin', () => {
  const cluster = new OneDeployment();
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  afterEach(() => cluster.stop());

  it('follows a cluster, answers by entity, signals a change and serves agents', async () => {
    const url = await cluster.start();
    const publish = jest.fn();
    const actions = actionsRegistryServiceMock();
    const counted: [string, object][] = [];
    const metrics = metricsServiceMock.mock({
      createCounter: name => ({
        add: (_, attributes) => counted.push([name, attributes ?? {}]),
      }),
    });
    const knex = await databases.init('SQLITE_3');
    const backend = await startTestBackend({
      features: [
        workloadHealthPlugin,
        metrics.factory,
        createServiceFactory({
          service: coreServices.database,
          deps: {},
          factory: () => mockServices.database({ knex }),
        }),
        createServiceFactory({
          service: actionsRegistryServiceRef,
          deps: {},
          factory: () => actions,
        }),
        catalogServiceMock.factory({
          entities: [
            {
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: 'web', namespace: 'default' },
            },
          ],
        }),
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({ publish }),
        }),
        mockServices.rootConfig.factory({
          data: {
            kubernetes: {
              clusterLocatorMethods: [
                {
                  type: 'config',
                  clusters: [
                    { name: 'eu', url, authProvider: 'serviceAccount', serviceAccountToken: 't' },
                  ],
                },
                { type: 'gke', projectId: 'p' },
              ],
            },
          },
        }),
      ],
    });

    const health = async () =>
      (await request(backend.server).get('/api/workload-health/v1/entities/default/component/web'))
        .body;
    const healthy = await eventually(health, ({ status }) => status === 'healthy');
    expect(entityHealthSchema.parse(healthy)).toEqual(healthy);
    expect(healthy).toMatchObject({
      status: 'healthy',
      workloads: [{ cluster: 'eu', facts: { replicas: { desired: 2, ready: 2 } } }],
      clusters: [{ name: 'eu', state: 'live' }],
    });

    const asked = () =>
      counted.flatMap(([name, attributes]) =>
        name === 'waymark.health.api.requests' ? [attributes as ApiRequest] : [],
      );
    const listing = { cluster: 'eu', verb: 'list', resource: 'deployments', code: '200' };
    expect(asked()).toContainEqual(listing);
    const watching = asked().filter(({ resource }) => resource !== 'version').length;
    for (let view = 0; view < 20; view += 1) await health();
    expect(asked().filter(({ resource }) => resource !== 'version')).toHaveLength(watching);

    publish.mockClear();
    const changed = Date.now();
    cluster.change(deployment(0));
    const broken = await eventually(health, ({ status }) => status !== 'healthy');
    expect(broken.status).toBe('down');
    expect(Date.now() - changed).toBeLessThan(3_000);
    await eventually(
      async () => publish.mock.calls.length,
      calls => calls > 0,
    );
    expect(publish).toHaveBeenCalledWith({
      recipients: { type: 'broadcast' },
      channel: 'workload-health',
      message: { type: 'entities-changed', entityRefs: ['component:default/web'] },
    });

    const { output } = await actions.invoke({
      id: 'test:get-workload-health',
      input: { entityRef: 'web' },
      credentials: mockCredentials.user(),
    });
    expect(output).toMatchObject({
      status: 'down',
      workloads: [{ workload: 'Deployment/web in eu/shop', ready: '0 of 2' }],
    });
    await expect(
      actions.invoke({ id: 'test:get-workload-health', input: { entityRef: 'none' } }),
    ).rejects.toThrow('no entity component:default/none');

    await backend.stop();
  });

  it('refuses to start on a setting that cannot be meant, and names it', async () => {
    const start = startTestBackend({
      features: [
        workloadHealthPlugin,
        catalogServiceMock.factory(),
        createServiceFactory({
          service: signalsServiceRef,
          deps: {},
          factory: () => ({ publish: jest.fn() }),
        }),
        mockServices.rootConfig.factory({ data: { workloadHealth: { historyDays: 0 } } }),
      ],
    });
    await expect(start).rejects.toThrow('workloadHealth.historyDays');
  });
});
