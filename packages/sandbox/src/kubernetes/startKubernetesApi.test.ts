import {
  ContractClient,
  kubernetesApiContract,
  kubernetesControllerContract,
  kubernetesExpiryContract,
  kubernetesPodContract,
  type PodTarget,
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
        token: 'restricted',
        user: 'restricted',
        rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
      },
      {
        token: 'reader',
        user: 'reader',
        rules: [
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

const play: PodTarget['play'] = (workload, { log, exit, readiness, liveness, ignoresTerm }) =>
  simulation.behaviours.set(workload, {
    ...(log && { startLog: log }),
    ...(exit && { exit: { reason: 'Error', log: [], ...exit } }),
    answers: { readiness: readiness ?? 200, liveness: liveness ?? 200, startup: 200 },
    ...(ignoresTerm && { stopsAfter: Infinity }),
  });

const target = {
  forgetHistory: async () => cluster.store.compact(),
  play,
  // Images of that tag are missing anyway.
  removeImage: () => undefined,
  restricted: { user: 'restricted', token: 'restricted' },
  token: 'admin',
  get url() {
    return api.url;
  },
};

const contract = [
  ...kubernetesApiContract,
  ...kubernetesControllerContract,
  ...kubernetesPodContract,
  ...kubernetesExpiryContract,
];

it.each(contract)(
  '$name',
  async ({ run }) => {
    await expect(run(target)).resolves.toBeUndefined();
  },
  CASE_TIMEOUT_MS,
);

it('allows in one namespace what a rule allows there', async () => {
  const client = ContractClient.create({ url: api.url, token: 'reader' }, 'default');
  expect((await client.get(client.path('apps/v1/deployments'))).status).toBe(200);
  expect((await client.get('/apis/apps/v1/deployments')).status).toBe(403);
});
