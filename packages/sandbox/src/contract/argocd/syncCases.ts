import assert from 'node:assert/strict';
import { type Json, valueAt } from '../Answer';
import type { ContractCase } from '../ContractCase';
import type { ArgoCdTarget } from './ArgoCdTarget';
import { historyOf, isOutOfSync, isSettled, isSynced, listAt } from './applicationState';
import { automated, configMap, oneMap, service, twoMaps } from './manifests';
import { onStage } from './onStage';

/** Comparing, syncing and their traces: what the delivery card and its button rely on. */
export const syncCases: readonly ContractCase<ArgoCdTarget>[] = [
  onStage(
    'waits for a sync by hand, records who asked, and remembers what was deployed',
    { 'plain/a.json': configMap('a', '1'), 'plain/b.json': service('b') },
    async stage => {
      await stage.create(stage.application('plain'));
      const before = await stage.until('OutOfSync', isOutOfSync);
      assert.equal(valueAt(before, 'status.health.status'), 'Missing');
      const infos = [{ name: 'backstage-user', value: 'user:default/guest' }];
      const begun = await stage.post('/sync', { infos });
      assert.equal(begun.status, 200);
      assert.deepEqual(begun.at('operation.info'), infos);
      const after = await stage.until('Synced', isSettled);
      assert.equal(valueAt(after, 'status.health.status'), 'Healthy');
      assert.equal(valueAt(after, 'operation'), undefined);
      const state = valueAt(after, 'status.operationState') as Json;
      assert.equal(state.phase, 'Succeeded');
      assert.equal(state.message, 'successfully synced (all tasks run)');
      assert.deepEqual(valueAt(state, 'operation.info'), infos);
      assert.ok(valueAt(state, 'operation.initiatedBy.username'));
      assert.deepEqual(
        listAt(state, 'syncResult.resources').map(({ kind, status, message }) => [
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
      const [deployed, ...rest] = historyOf(after);
      assert.deepEqual(rest, []);
      assert.equal(deployed.id, 0);
      assert.equal(deployed.revision, valueAt(after, 'status.sync.revision'));
      assert.deepEqual(
        listAt(after, 'status.resources').map(({ kind, status, health }) => [
          kind,
          status,
          valueAt(health, 'status'),
        ]),
        [
          ['ConfigMap', 'Synced', undefined],
          ['Service', 'Synced', 'Healthy'],
        ],
      );
      const live = await stage.target.read(stage.ref('ConfigMap', 'a'));
      const annotations = valueAt(live, 'metadata.annotations') as Json;
      const mark = `${stage.name}:/ConfigMap:${stage.name}/a`;
      assert.equal(annotations['argocd.argoproj.io/tracking-id'], mark);
    },
  ),
  onStage(
    'follows a push and removes what is no longer there, if it may prune',
    twoMaps,
    async stage => {
      await stage.create(stage.application('plain', automated({ prune: true })));
      await stage.until('Synced', isSettled);
      await stage.commit('plain/a.json', configMap('a', '2'));
      const last = await stage.commit('plain/b.json');
      await stage.compare(last);
      // It may have deployed the commit in between as well.
      const next = await stage.until(
        'at the last revision',
        app =>
          isSettled(app) &&
          valueAt(app, 'status.sync.revision') === last &&
          historyOf(app).at(-1)?.revision === last,
      );
      assert.deepEqual(
        listAt(next, 'status.resources').map(({ name }) => name),
        ['a'],
      );
      const live = await stage.target.read(stage.ref('ConfigMap', 'a'));
      assert.deepEqual(live?.data, { key: '2' });
      assert.equal(await stage.target.read(stage.ref('ConfigMap', 'b')), undefined);
      const by = historyOf(next).map(entry => entry.initiatedBy);
      assert.deepEqual(
        by,
        by.map(() => ({ automated: true })),
      );
    },
  ),
  onStage('keeps what it may not prune, and says so', twoMaps, async stage => {
    await stage.create(stage.application('plain'));
    await stage.sync();
    await stage.until('Synced', isSynced);
    const compared = await stage.compare(await stage.commit('plain/b.json'));
    const extra = listAt(compared, 'status.resources').find(({ name }) => name === 'b');
    assert.deepEqual([extra?.status, extra?.requiresPruning], ['OutOfSync', true]);
    const after = await stage.sync();
    const results = listAt(after, 'status.operationState.syncResult.resources');
    const kept = results.find(({ name }) => name === 'b');
    assert.deepEqual([kept?.status, kept?.message], ['PruneSkipped', 'ignored (requires pruning)']);
    assert.ok(await stage.target.read(stage.ref('ConfigMap', 'b')));
  }),
  onStage('notices drift by itself, and leaves additions of others alone', oneMap, async stage => {
    await stage.create(stage.application('plain', automated()));
    await stage.until('Synced', isSettled);
    const ref = stage.ref('ConfigMap', 'a');
    await stage.target.patch(ref, { data: { other: 'x' } });
    await stage.target.patch(ref, { data: { key: 'changed' } });
    await stage.until('OutOfSync', isOutOfSync);
    await stage.target.patch(ref, { data: { key: '1' } });
    await stage.until('Synced again', isSynced);
    assert.deepEqual((await stage.target.read(ref))?.data, { key: '1', other: 'x' });
  }),
  onStage('heals drift where it may, without a new entry in the history', oneMap, async stage => {
    await stage.create(stage.application('plain', automated({ selfHeal: true })));
    await stage.until('Synced', isSettled);
    const ref = stage.ref('ConfigMap', 'a');
    await stage.target.patch(ref, { data: { key: 'changed' } });
    // A real controller may also heal once right after the first sync, against a cache that lags: the object decides.
    await stage.until(
      'healed',
      async () => valueAt(await stage.target.read(ref), 'data.key') === '1',
    );
    const attempts = 'status.operationState.operation.sync.autoHealAttemptsCount';
    const healed = await stage.until(
      'Synced again',
      app => isSettled(app) && Number(valueAt(app, attempts)) >= 1,
    );
    assert.equal(historyOf(healed).length, 1);
  }),
  onStage(
    'fails a sync into a namespace that is not there, with the reason',
    oneMap,
    async stage => {
      await stage.create(stage.application('plain', { syncPolicy: {} }));
      const failed = await stage.sync();
      const reason = `namespaces "${stage.name}" not found`;
      const state = valueAt(failed, 'status.operationState') as Json;
      assert.equal(state.phase, 'Failed');
      assert.equal(state.message, `one or more objects failed to apply, reason: ${reason}`);
      const [result] = listAt(state, 'syncResult.resources');
      assert.deepEqual([result.status, result.message], ['SyncFailed', reason]);
    },
  ),
  onStage('deletes an application with everything that it deployed', oneMap, async stage => {
    await stage.create(stage.application('plain', automated()));
    await stage.until('Synced', isSettled);
    assert.equal((await stage.call('', { method: 'DELETE' })).status, 200);
    await stage.untilGone();
    assert.equal(await stage.target.read(stage.ref('ConfigMap', 'a')), undefined);
  }),
];
