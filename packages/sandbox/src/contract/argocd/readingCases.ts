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
import { readStream } from './readStream';

const create = ({ target }: Stage, body: unknown) =>
  call(target, '/applications', { method: 'POST', body });

/** Lists, streams and the metadata of commits. */
export const readingCases: readonly ContractCase<ArgoCdTarget>[] = [
  {
    name: 'lists the selected fields of its fixed set only',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        const wanted = stage.application('plain', automated());
        (wanted.metadata as Json).labels = { contract: stage.name };
        await create(stage, wanted);
        await stage.until('Synced', app => isSynced(app) && hasEnded(app));
        const selector = `selector=${encodeURIComponent(`contract=${stage.name}`)}`;
        const fields = [
          'metadata.name',
          'status.sync.status',
          'status.health.status',
          'status.history',
        ].map(field => `items.${field}`);
        const list = await call(target, `/applications?${selector}&fields=${fields.join(',')}`);
        const item = { metadata: { name: stage.name }, status: { sync: { status: 'Synced' } } };
        assert.deepEqual(list.json.items, [item]);
        assert.match(String(list.at('metadata.resourceVersion')), /^\d+$/);
        const whole = await call(target, `/applications?${selector}`);
        const [full] = whole.json.items as Json[];
        assert.deepEqual(Object.keys(full).sort(), ['metadata', 'spec', 'status']);
      });
    },
  },
  {
    name: 'streams every application first and each change after it, once',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain'));
        await stage.until('compared', app => valueAt(app, 'status.sync.status') === 'OutOfSync');
        const fields = ['type', 'application.metadata.name', 'application.status.sync.status'];
        const query = `fields=${fields.map(field => `result.${field}`).join(',')}`;
        const stream = await readStream(target, `/stream/applications?${query}`);
        try {
          const first = await stream.next(event => nameIn(event) === stage.name);
          assert.equal(valueAt(first, 'result.type'), 'ADDED');
          await call(target, `/applications/${stage.name}/sync`, { method: 'POST', body: {} });
          const next = await stream.next(event => nameIn(event) === stage.name);
          assert.deepEqual(next, {
            result: {
              type: 'MODIFIED',
              application: {
                metadata: { name: stage.name },
                status: { sync: { status: 'OutOfSync' } },
              },
            },
          });
          const synced = await stream.next(event => nameIn(event) === stage.name);
          assert.equal(valueAt(synced, 'result.application.status.sync.status'), 'Synced');
        } finally {
          stream.close();
        }
      });
    },
  },
  {
    name: 'streams lines of JSON to those who do not ask for events',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain'));
        const path = `/stream/applications?name=${stage.name}`;
        const stream = await readStream(target, path, 'application/json');
        try {
          const first = await stream.next(() => true);
          assert.equal(valueAt(first, 'result.type'), 'ADDED');
          assert.equal(nameIn(first), stage.name);
        } finally {
          stream.close();
        }
      });
    },
  },
  {
    name: 'knows author and message of a deployed commit',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain', automated()));
        const synced = await stage.until('Synced', isSynced);
        const path = `/applications/${stage.name}/revisions`;
        const sha = valueAt(synced, 'status.sync.revision');
        const metadata = await call(target, `${path}/${sha}/metadata`);
        assert.equal(metadata.status, 200);
        assert.match(String(metadata.json.author), /^.+ <.+>$/);
        assert.equal(metadata.json.message, 'Change plain/a.json');
        const branch = await call(target, `${path}/main/metadata`);
        assert.deepEqual([branch.status, branch.json.code], [500, 2]);
      });
    },
  },
  {
    name: 'shows what an application deployed as a tree',
    async run(target) {
      await onStage(target, { 'plain/a.json': configMap('a', '1') }, async stage => {
        await create(stage, stage.application('plain', automated()));
        await stage.until('Synced', app => isSynced(app) && hasEnded(app));
        const tree = await call(target, `/applications/${stage.name}/resource-tree`);
        const nodes = (tree.json.nodes as Json[]).map(({ kind, name }) => [kind, name]);
        assert.deepEqual(nodes, [['ConfigMap', 'a']]);
      });
    },
  },
];

const nameIn = (event: unknown): unknown => valueAt(event, 'result.application.metadata.name');
