import assert from 'node:assert/strict';
import { valueAt } from '../Answer';
import type { ContractCase } from '../ContractCase';
import type { ArgoCdTarget } from './ArgoCdTarget';
import { hasEnded, historyOf, isOutOfSync, isSettled } from './applicationState';
import { automated, configMap, oneMap } from './manifests';
import { onStage } from './onStage';

/** Rollback, dry run, one operation at a time, and ending one. */
export const operationCases: readonly ContractCase<ArgoCdTarget>[] = [
  onStage('refuses a rollback under auto-sync', oneMap, async stage => {
    await stage.create(stage.application('plain', automated()));
    await stage.until('Synced', isSettled);
    const refused = await stage.post('/rollback', { id: 0 });
    assert.equal(refused.status, 400);
    const message = 'rollback cannot be initiated when auto-sync is enabled';
    assert.deepEqual(refused.json, { error: message, code: 9, message });
  }),

  onStage('refuses a rollback to what never was', oneMap, async stage => {
    await stage.create(stage.application('plain'));
    const unknown = await stage.post('/rollback', { id: 7 });
    assert.equal(unknown.status, 400);
    assert.deepEqual(unknown.json.code, 3);
    const message = `application argocd/${stage.name} does not have deployment with id 7`;
    assert.equal(unknown.json.message, message);
  }),

  onStage('goes back to an earlier deployment', oneMap, async stage => {
    await stage.create(stage.application('plain'));
    await stage.sync();
    await stage.compare(await stage.commit('plain/a.json', configMap('a', '2')));
    await stage.sync();
    await stage.until('deployed again', app => isSettled(app) && historyOf(app).length === 2);
    assert.equal((await stage.post('/rollback', { id: 0 })).status, 200);
    const back = await stage.until(
      'rolled back',
      app => historyOf(app).length === 3 && hasEnded(app),
    );
    const revisions = historyOf(back).map(({ revision }) => revision);
    assert.equal(revisions[2], revisions[0]);
    const live = await stage.target.read(stage.ref('ConfigMap', 'a'));
    assert.deepEqual(live?.data, { key: '1' });
    await stage.until('OutOfSync', isOutOfSync);
  }),
  onStage('changes nothing in a dry run', oneMap, async stage => {
    await stage.create(stage.application('plain'));
    const ended = await stage.sync({ dryRun: true });
    assert.equal(
      valueAt(ended, 'status.operationState.message'),
      'successfully synced (no more tasks)',
    );
    assert.deepEqual(historyOf(ended), []);
    assert.equal(await stage.target.read(stage.ref('ConfigMap', 'a')), undefined);
  }),
  onStage('runs one operation at a time, and ends it when asked', oneMap, async stage => {
    const nothing = 'Unable to terminate operation. No operation is in progress';
    const retry = { limit: 5, backoff: { duration: '1m' } };
    await stage.create(stage.application('plain', { syncPolicy: { retry } }));
    await stage.until('compared', isOutOfSync);
    const idle = await stage.call('/operation', { method: 'DELETE' });
    assert.deepEqual([idle.status, idle.json.code, idle.json.message], [400, 3, nothing]);
    await stage.post('/sync');
    const waiting = await stage.until('retrying', app =>
      String(valueAt(app, 'status.operationState.message')).includes('Retrying attempt #1 at '),
    );
    assert.equal(valueAt(waiting, 'status.operationState.phase'), 'Running');
    const second = await stage.post('/sync');
    const message = 'another operation is already in progress';
    assert.equal(second.status, 400);
    assert.deepEqual(second.json, { error: message, code: 9, message });
    assert.equal((await stage.call('/operation', { method: 'DELETE' })).status, 200);
    const ended = await stage.until('ended', hasEnded);
    assert.equal(valueAt(ended, 'status.operationState.phase'), 'Failed');
    assert.match(
      String(valueAt(ended, 'status.operationState.message')),
      /^Operation terminated \(retried 1 times\)\.$/,
    );
  }),
];
