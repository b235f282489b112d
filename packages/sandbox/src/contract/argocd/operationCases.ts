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
  type Stage,
} from './ArgoCdTarget';

const create = ({ target }: Stage, body: unknown) =>
  call(target, '/applications', { method: 'POST', body });

const post = ({ target, name }: Stage, path: string, body: unknown = {}) =>
  call(target, `/applications/${name}${path}`, { method: 'POST', body });

const terminate = ({ target, name }: Stage) =>
  call(target, `/applications/${name}/operation`, { method: 'DELETE' });

const historyOf = (application: Json): Json[] =>
  (valueAt(application, 'status.history') as Json[] | undefined) ?? [];

/** Rollback, dry run, one operation at a time, and ending one. */
export const operationCases: readonly ContractCase<ArgoCdTarget>[] = [
  {
    name: 'refuses a rollback under auto-sync and to what never was',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain', automated()));
        await stage.until('Synced', app => isSynced(app) && hasEnded(app));
        const refused = await post(stage, '/rollback', { id: 0 });
        assert.equal(refused.status, 400);
        const message = 'rollback cannot be initiated when auto-sync is enabled';
        assert.deepEqual(refused.json, { error: message, code: 9, message });
      });
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain'));
        const unknown = await post(stage, '/rollback', { id: 7 });
        assert.equal(unknown.status, 400);
        assert.deepEqual(unknown.json.code, 3);
        const message = `application argocd/${stage.name} does not have deployment with id 7`;
        assert.equal(unknown.json.message, message);
      });
    },
  },
  {
    name: 'goes back to an earlier deployment',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain'));
        await post(stage, '/sync');
        await stage.until('deployed', app => historyOf(app).length === 1 && hasEnded(app));
        await stage.commit('plain/a.json', configMap('a', '2'));
        await stage.get('?refresh=normal');
        await post(stage, '/sync');
        await stage.until('deployed again', app => historyOf(app).length === 2 && hasEnded(app));
        assert.equal((await post(stage, '/rollback', { id: 0 })).status, 200);
        const back = await stage.until(
          'rolled back',
          app => historyOf(app).length === 3 && hasEnded(app),
        );
        const revisions = historyOf(back).map(({ revision }) => revision);
        assert.equal(revisions[2], revisions[0]);
        const live = await target.read(stage.ref('ConfigMap', 'a'));
        assert.deepEqual(live?.data, { key: '1' });
        await stage.until('OutOfSync', app => !isSynced(app));
      });
    },
  },
  {
    name: 'changes nothing in a dry run',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain'));
        await post(stage, '/sync', { dryRun: true });
        const ended = await stage.until('ended', hasEnded);
        assert.equal(
          valueAt(ended, 'status.operationState.message'),
          'successfully synced (no more tasks)',
        );
        assert.deepEqual(historyOf(ended), []);
        assert.equal(await target.read(stage.ref('ConfigMap', 'a')), undefined);
      });
    },
  },
  {
    name: 'runs one operation at a time, and ends it when asked',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        const nothing = 'Unable to terminate operation. No operation is in progress';
        const retry = { limit: 5, backoff: { duration: '1m' } };
        await create(stage, stage.application('plain', { syncPolicy: { retry } }));
        await stage.until('compared', app => valueAt(app, 'status.sync.status') === 'OutOfSync');
        const idle = await terminate(stage);
        assert.deepEqual([idle.status, idle.json.code, idle.json.message], [400, 3, nothing]);
        await post(stage, '/sync');
        const waiting = await stage.until('retrying', app =>
          String(valueAt(app, 'status.operationState.message')).includes('Retrying attempt #1 at '),
        );
        assert.equal(valueAt(waiting, 'status.operationState.phase'), 'Running');
        const second = await post(stage, '/sync');
        const message = 'another operation is already in progress';
        assert.equal(second.status, 400);
        assert.deepEqual(second.json, { error: message, code: 9, message });
        assert.equal((await terminate(stage)).status, 200);
        const ended = await stage.until('ended', hasEnded);
        assert.equal(valueAt(ended, 'status.operationState.phase'), 'Failed');
        assert.match(
          String(valueAt(ended, 'status.operationState.message')),
          /^Operation terminated \(retried 1 times\)\.$/,
        );
      });
    },
  },
];
