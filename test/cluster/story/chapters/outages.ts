import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { firstSeen } from '../firstSeen';
import type { Portal } from '../portal/Portal';
import { argocdSource, clusterSource, saidBy } from '../portal/deliverySources';
import { service } from '../service/answers';
import type { Step } from '../Step';
import { serviceHealthy, serviceSynced } from './create';

const SOME_MINUTES = { timeoutSeconds: 120, intervalMs: 250 };

/** Not yet heard of for so long, an API server may only be slow (`STALE_AFTER_MS` of cluster-watch). */
const UNHEARD_SECONDS = 30;

export const outages: readonly Step[] = [
  {
    name: 'the API server dies: page and card say so, with the age of what they still show',
    needs: [serviceHealthy, serviceSynced],
    async run({ world, portal }) {
      const before = await portal.healthOf(service.name);
      const { apiServer } = world.controlPlane;
      const died = Date.now();
      await apiServer.kill();
      try {
        const stale = await firstSeen('the cluster is stale', async () => {
          const [first] = (await portal.healthOf(service.name)).clusters;
          return first.state === 'stale' && first;
        });
        const card = await staleCard(portal);
        const { answer: told, at } = await firstSeen('the status is unknown', async () => {
          const health = await portal.healthOf(service.name);
          return health.status === 'unknown' && health;
        });
        const [cluster] = told.clusters;
        assert.ok(cluster.message, 'nothing says why');
        assert.ok(cluster.lastContact, 'it does not say how old this is');
        assert.equal(
          cluster.lastContact,
          stale.answer.lastContact,
          'it claims to have heard of it',
        );
        const [{ status, lastKnown, facts }] = told.workloads;
        assert.deepEqual([status, lastKnown?.status], ['unknown', 'healthy']);
        assert.deepEqual(facts.replicas, before.workloads[0].facts.replicas);
        const seconds = (at - died) / 1000;
        assert.ok(seconds <= UNHEARD_SECONDS + 10, `it took ${seconds.toFixed(0)} s`);
        const noticed = ((stale.at - died) / 1000).toFixed(1);
        return `stale after ${noticed} s, unknown after ${seconds.toFixed(1)} s: ${cluster.message}; the card: ${card}`;
      } finally {
        await apiServer.start();
      }
    },
  },
  {
    name: 'the API server is back: page and card are exact again',
    needs: [serviceHealthy, serviceSynced],
    async run({ portal }) {
      const back = Date.now();
      const passed = new Set<string>();
      const card = firstSeen(
        'the objects say what Argo CD says',
        () => isExact(portal),
        SOME_MINUTES,
      );
      const { at } = await firstSeen(
        'the service is healthy again',
        async () => {
          const { status, clusters } = await portal.healthOf(service.name);
          passed.add(clusters[0].state);
          return status === 'healthy' && clusters[0].state === 'live';
        },
        SOME_MINUTES,
      );
      const exact = ((await card).at - back) / 1000;
      return `${((at - back) / 1000).toFixed(1)} s after it was ready, by way of ${[...passed].join(', ')}; the card ${exact.toFixed(1)} s`;
    },
  },
  {
    name: 'Argo CD dies: the card says so, and keeps the last revision',
    needs: [serviceSynced],
    async run({ argocd, portal }) {
      const before = saidBy(argocdSource, await portal.deliveryOf(service.name));
      const died = Date.now();
      await argocd.kill();
      const { answer: told, at } = await firstSeen('the source is stale', async () => {
        const delivery = await portal.deliveryOf(service.name);
        return saidBy(argocdSource, delivery).source.state === 'stale' && delivery;
      });
      const { source, application } = saidBy(argocdSource, told);
      assert.ok(source.message && source.lastContact, 'it says neither why nor since when');
      assert.deepEqual(application?.revisions, before.application?.revisions);
      assert.deepEqual(application?.actions.sync, { allowed: false, reason: 'source-stale' });
      // Its objects are still there to read.
      assert.equal(saidBy(clusterSource, told).source.state, 'live');
      return `stale after ${((at - died) / 1000).toFixed(1)} s: ${source.message}`;
    },
  },
  {
    name: 'Argo CD is back: the card is exact again',
    needs: [serviceSynced],
    async run({ argocd, portal }) {
      await argocd.restart();
      const back = Date.now();
      const { at } = await firstSeen(
        'the source is live',
        async () => {
          const { source, application } = saidBy(
            argocdSource,
            await portal.deliveryOf(service.name),
          );
          return source.state === 'live' && application?.sync.status === 'Synced';
        },
        SOME_MINUTES,
      );
      return `${((at - back) / 1000).toFixed(1)} s after it was ready`;
    },
  },
];

/** The card keeps what the objects said last, and says that it is old; what it says of it. */
async function staleCard(portal: Portal): Promise<string> {
  const { answer } = await firstSeen('the source that reads the cluster is stale', async () => {
    const said = saidBy(clusterSource, await portal.deliveryOf(service.name));
    return said.source.state === 'stale' && said;
  });
  const { source, application } = answer;
  assert.ok(source.message && source.lastContact, 'it says neither why nor since when');
  assert.ok(application?.revisions[0].revision, 'it has forgotten the revision');
  assert.deepEqual(application.actions.sync, { allowed: false, reason: 'no-api' });
  return source.message;
}

/** Whether both sources are live and of one mind. */
async function isExact(portal: Portal): Promise<boolean> {
  const delivery = await portal.deliveryOf(service.name);
  const [api, objects] = [argocdSource, clusterSource].map(source => saidBy(source, delivery));
  if (api.source.state !== 'live' || objects.source.state !== 'live') return false;
  const facts = ({ application }: typeof api) => {
    const { sync, health, revisions, images } = application!;
    return { sync, health, revisions, images };
  };
  return api.application?.sync.status === 'Synced' && isDeepStrictEqual(facts(api), facts(objects));
}
