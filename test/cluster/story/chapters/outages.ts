import assert from 'node:assert/strict';
import { firstSeen } from '../firstSeen';
import { service } from '../service/answers';
import type { Step } from '../Step';
import { serviceHealthy, serviceSynced } from './create';

const SOME_MINUTES = { timeoutSeconds: 120, intervalMs: 250 };

/** Not yet heard of for so long, an API server may only be slow (`STALE_AFTER_MS` of cluster-watch). */
const UNHEARD_SECONDS = 30;

export const outages: readonly Step[] = [
  {
    name: 'the API server dies: the page says so, with the age of what it still shows',
    needs: [serviceHealthy],
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
        return `stale after ${noticed} s, unknown after ${seconds.toFixed(1)} s: ${cluster.message}`;
      } finally {
        await apiServer.start();
      }
    },
  },
  {
    name: 'the API server is back: the page is exact again',
    needs: [serviceHealthy],
    async run({ portal }) {
      const back = Date.now();
      const passed = new Set<string>();
      const { at } = await firstSeen(
        'the service is healthy again',
        async () => {
          const { status, clusters } = await portal.healthOf(service.name);
          passed.add(clusters[0].state);
          return status === 'healthy' && clusters[0].state === 'live';
        },
        SOME_MINUTES,
      );
      return `${((at - back) / 1000).toFixed(1)} s after it was ready, by way of ${[...passed].join(', ')}`;
    },
  },
  {
    name: 'Argo CD dies: the card says so, and keeps the last revision',
    needs: [serviceSynced],
    async run({ argocd, portal }) {
      const [{ revisions }] = (await portal.deliveryOf(service.name)).applications;
      const died = Date.now();
      await argocd.kill();
      const { answer: told, at } = await firstSeen('the source is stale', async () => {
        const delivery = await portal.deliveryOf(service.name);
        return delivery.sources[0].state === 'stale' && delivery;
      });
      const [source] = told.sources;
      assert.ok(source.message && source.lastContact, 'it says neither why nor since when');
      assert.deepEqual(told.applications[0].revisions, revisions);
      assert.deepEqual(told.applications[0].actions.sync, {
        allowed: false,
        reason: 'source-stale',
      });
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
          const { sources, applications } = await portal.deliveryOf(service.name);
          return sources[0].state === 'live' && applications[0].sync.status === 'Synced';
        },
        SOME_MINUTES,
      );
      return `${((at - back) / 1000).toFixed(1)} s after it was ready`;
    },
  },
];
