import {
  ContractClient,
  kubernetesApiContract,
  kubernetesControllerContract,
  kubernetesExpiryContract,
} from '../contract/kubernetes';
import { CASE_TIMEOUT_MS } from '../contract/patience';
import { Timeline } from './clock/Timeline';
import { everything } from './http/TokenGrant';
import { type RunningApi, startKubernetesApi } from './startKubernetesApi';
import { startSimulatedCluster } from './startSimulatedCluster';

const timeline = Timeline.startingAt(new Date());
const simulation = startSimulatedCluster({ timeline });
const { cluster } = simulation;
let api: RunningApi;

beforeAll(async () => {
  timeline.followWallClock();
  api = await startKubernetesApi({
    cluster,
    logs: simulation.kubelets,
    port: 0,
    tokens: [
      { token: 'admin', user: 'admin', rules: everything },
      {
        token: 'reader',
        user: 'reader',
        rules: [
          { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] },
          { apiGroups: ['apps'], resources: ['*'], verbs: ['list'], namespaces: ['default'] },
        ],
      },
    ],
  });
});

afterAll(async () => {
  await api.stop();
  simulation.stop();
});

const target = {
  forgetHistory: async () => cluster.store.compact(),
  token: 'admin',
  get url() {
    return api.url;
  },
};

const contract = [
  ...kubernetesApiContract,
  ...kubernetesControllerContract,
  ...kubernetesExpiryContract,
];

it.each(contract)(
  '$name',
  async ({ run }) => {
    await expect(run(target)).resolves.toBeUndefined();
  },
  CASE_TIMEOUT_MS,
);

it('refuses in RBAC words what a token may not do', async () => {
  const client = ContractClient.create({ url: api.url, token: 'reader' }, 'default');
  expect((await client.get('/api/v1/pods')).status).toBe(200);
  expect((await client.get(client.path('apps/v1/deployments'))).status).toBe(200);
  expect((await client.get('/apis/apps/v1/deployments')).body).toEqual({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message:
      'deployments.apps is forbidden: User "reader" cannot list resource "deployments" in API group "apps" at the cluster scope',
    reason: 'Forbidden',
    details: { group: 'apps', kind: 'deployments' },
    code: 403,
  });
  expect((await client.get(`${client.path('pods')}/x/log`)).body.message).toBe(
    'pods "x" is forbidden: User "reader" cannot get resource "pods/log" in API group "" in the namespace "default"',
  );
  const review = await client.create('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
    spec: { resourceAttributes: { verb: 'list', resource: 'configmaps' } },
  });
  expect(review.body.status).toEqual({ allowed: false });
});
