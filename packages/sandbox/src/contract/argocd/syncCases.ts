import assert from 'node:assert/strict';
import { type Json, valueAt } from '../Answer';
import type { ContractCase } from '../ContractCase';
import {
  type ArgoCdTarget,
  automated,
  call,
  configMap,
  hasEnded,
  isSynced,
  onStage,
  service,
  type Stage,
} from './ArgoCdTarget';

const create = ({ target }: Stage, body: unknown) =>
  call(target, '/applications', { method: 'POST', body });

const post = ({ target, name }: Stage, path: string, body: unknown = {}) =>
  call(target, `/applications/${name}${path}`, { method: 'POST', body });

const resourcesOf = (application: Json, path: string): Json[] =>
  (valueAt(application, path) as Json[] | undefined) ?? [];

/** Comparing, syncing and their traces: what the delivery card and its button rely on. */
export const syncCases: readonly ContractCase<ArgoCdTarget>[] = [
  {
    name: 'waits for a sync by hand, records who asked, and remembers what was deployed',
    async run(target) {
      const files = { 'plain/a.json': configMap('a', '1'), 'plain/b.json': service('b') };
      await onStage(target, files, async stage => {
        await create(stage, stage.application('plain'));
        const before = await stage.until(
          'OutOfSync',
          application => valueAt(application, 'status.sync.status') === 'OutOfSync',
        );
        assert.equal(valueAt(before, 'status.health.status'), 'Missing');
        const infos = [{ name: 'backstage-user', value: 'user:default/guest' }];
        const begun = await post(stage, '/sync', { infos });
        assert.equal(begun.status, 200);
        assert.deepEqual(begun.at('operation.info'), infos);
        const after = await stage.until('Synced', app => isSynced(app) && hasEnded(app));
        assert.equal(valueAt(after, 'status.health.status'), 'Healthy');
        assert.equal(valueAt(after, 'operation'), undefined);
        const state = valueAt(after, 'status.operationState') as Json;
        assert.equal(state.phase, 'Succeeded');
        assert.equal(state.message, 'successfully synced (all tasks run)');
        assert.deepEqual(valueAt(state, 'operation.info'), infos);
        assert.ok(valueAt(state, 'operation.initiatedBy.username'));
        assert.deepEqual(
          resourcesOf(state, 'syncResult.resources').map(({ kind, status, message }) => [
            kind,
            status,
            message,
          ]),
          [
            ['Namespace', 'Synced', `namespace/${stage.name} created`],
            ['ConfigMap', 'Synced', 'configmap/a created'],
            ['Service', 'Synced', 'service/b created'],
          ],
        );
        const [deployed, ...rest] = resourcesOf(after, 'status.history');
        assert.deepEqual(rest, []);
        assert.equal(deployed.id, 0);
        assert.equal(deployed.revision, valueAt(after, 'status.sync.revision'));
        assert.deepEqual(
          resourcesOf(after, 'status.resources').map(({ kind, status, health }) => [
            kind,
            status,
            valueAt(health, 'status'),
          ]),
          [
            ['ConfigMap', 'Synced', undefined],
            ['Service', 'Synced', 'Healthy'],
          ],
        );
        const live = await target.read(stage.ref('ConfigMap', 'a'));
        const annotations = valueAt(live, 'metadata.annotations') as Json;
        const mark = `${stage.name}:/ConfigMap:${stage.name}/a`;
        assert.equal(annotations['argocd.argoproj.io/tracking-id'], mark);
      });
    },
  },
  {
    name: 'follows a push and removes what is no longer there, if it may prune',
    async run(target) {
      const files = { 'plain/a.json': configMap('a', '1'), 'plain/b.json': configMap('b', '1') };
      await onStage(target, files, async stage => {
        await create(stage, stage.application('plain', automated({ prune: true })));
        const first = await stage.until('Synced', isSynced);
        await stage.commit('plain/a.json', configMap('a', '2'));
        await stage.commit('plain/b.json');
        await stage.get('?refresh=normal');
        const next = await stage.until(
          'at the new revision',
          app =>
            isSynced(app) &&
            hasEnded(app) &&
            valueAt(app, 'status.sync.revision') !== valueAt(first, 'status.sync.revision') &&
            resourcesOf(app, 'status.history').length > 1,
        );
        assert.deepEqual(
          resourcesOf(next, 'status.resources').map(({ name }) => name),
          ['a'],
        );
        const live = await target.read(stage.ref('ConfigMap', 'a'));
        assert.deepEqual(live?.data, { key: '2' });
        assert.equal(await target.read(stage.ref('ConfigMap', 'b')), undefined);
        const by = resourcesOf(next, 'status.history').map(entry => entry.initiatedBy);
        assert.deepEqual(
          by,
          by.map(() => ({ automated: true })),
        );
      });
    },
  },
  {
    name: 'keeps what it may not prune, and says so',
    async run(target) {
      const files = { 'plain/a.json': configMap('a', '1'), 'plain/b.json': configMap('b', '1') };
      await onStage(target, files, async stage => {
        await create(stage, stage.application('plain'));
        await post(stage, '/sync');
        await stage.until('Synced', app => isSynced(app) && hasEnded(app));
        await stage.commit('plain/b.json');
        const compared = await stage.get('?refresh=normal');
        const extra = resourcesOf(compared, 'status.resources').find(({ name }) => name === 'b');
        assert.deepEqual([extra?.status, extra?.requiresPruning], ['OutOfSync', true]);
        await post(stage, '/sync');
        const after = await stage.until('ended', hasEnded);
        const results = resourcesOf(after, 'status.operationState.syncResult.resources');
        const kept = results.find(({ name }) => name === 'b');
        assert.deepEqual(
          [kept?.status, kept?.message],
          ['PruneSkipped', 'ignored (requires pruning)'],
        );
        assert.ok(await target.read(stage.ref('ConfigMap', 'b')));
      });
    },
  },
  {
    name: 'notices drift by itself, and leaves additions of others alone',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain', automated()));
        await stage.until('Synced', app => isSynced(app) && hasEnded(app));
        const ref = stage.ref('ConfigMap', 'a');
        await target.patch(ref, { data: { other: 'x' } });
        await target.patch(ref, { data: { key: 'changed' } });
        await stage.until('OutOfSync', app => !isSynced(app));
        await target.patch(ref, { data: { key: '1' } });
        await stage.until('Synced again', isSynced);
        assert.deepEqual((await target.read(ref))?.data, { key: '1', other: 'x' });
      });
    },
  },
  {
    name: 'heals drift where it may, without a new entry in the history',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain', automated({ selfHeal: true })));
        await stage.until('Synced', app => isSynced(app) && hasEnded(app));
        const ref = stage.ref('ConfigMap', 'a');
        await target.patch(ref, { data: { key: 'changed' } });
        // A real controller may also heal once right after the first sync, against a cache that lags: the object decides.
        await stage.until(
          'healed',
          async () => valueAt(await target.read(ref), 'data.key') === '1',
        );
        const healed = await stage.until('Synced again', app => isSynced(app) && hasEnded(app));
        const attempts = 'status.operationState.operation.sync.autoHealAttemptsCount';
        assert.ok(Number(valueAt(healed, attempts)) >= 1);
        assert.equal(resourcesOf(healed, 'status.history').length, 1);
      });
    },
  },
  {
    name: 'fails a sync into a namespace that is not there, with the reason',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain', { syncPolicy: {} }));
        await post(stage, '/sync');
        const failed = await stage.until('ended', hasEnded);
        const reason = `namespaces "${stage.name}" not found`;
        const state = valueAt(failed, 'status.operationState') as Json;
        assert.equal(state.phase, 'Failed');
        assert.equal(state.message, `one or more objects failed to apply, reason: ${reason}`);
        const [result] = resourcesOf(state, 'syncResult.resources');
        assert.deepEqual([result.status, result.message], ['SyncFailed', reason]);
      });
    },
  },
  {
    name: 'deletes an application with everything that it deployed',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain', automated()));
        await stage.until('Synced', app => isSynced(app) && hasEnded(app));
        const path = `/applications/${stage.name}`;
        assert.equal((await call(target, path, { method: 'DELETE' })).status, 200);
        for (let attempt = 0; attempt < 100; attempt += 1) {
          if ((await call(target, path)).status === 403) break;
          await new Promise(resolve => setTimeout(resolve, 100));
        }
        assert.equal((await call(target, path)).status, 403);
        assert.equal(await target.read(stage.ref('ConfigMap', 'a')), undefined);
      });
    },
  },
];
