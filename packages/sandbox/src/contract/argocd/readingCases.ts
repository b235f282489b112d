import assert from 'node:assert/strict';
import { type Json, valueAt } from '../Answer';
import type { ContractCase } from '../ContractCase';
import { type ArgoCdTarget, call } from './ArgoCdTarget';
import { isOutOfSync, isSettled, isSynced } from './applicationState';
import { automated, oneMap } from './manifests';
import { onStage } from './onStage';
import { readStream } from './readStream';

/** Lists, streams and the metadata of commits. */
export const readingCases: readonly ContractCase<ArgoCdTarget>[] = [
  onStage('lists the selected fields of its fixed set only', oneMap, async stage => {
    const wanted = stage.application('plain', automated());
    (wanted.metadata as Json).labels = { contract: stage.name };
    await stage.create(wanted);
    await stage.until('Synced', isSettled);
    const selector = `selector=${encodeURIComponent(`contract=${stage.name}`)}`;
    const fields = [
      'metadata.name',
      'status.sync.status',
      'status.health.status',
      'status.history',
    ].map(field => `items.${field}`);
    const list = await call(stage.target, `/applications?${selector}&fields=${fields.join(',')}`);
    const item = { metadata: { name: stage.name }, status: { sync: { status: 'Synced' } } };
    assert.deepEqual(list.json.items, [item]);
    assert.match(String(list.at('metadata.resourceVersion')), /^\d+$/);
    const whole = await call(stage.target, `/applications?${selector}`);
    const [full] = whole.json.items as Json[];
    assert.deepEqual(Object.keys(full).sort(), ['metadata', 'spec', 'status']);
  }),
  onStage('streams every application first and each change after it, once', oneMap, async stage => {
    await stage.create(stage.application('plain'));
    await stage.until('compared', isOutOfSync);
    const fields = ['type', 'application.metadata.name', 'application.status.sync.status'];
    const query = `fields=${fields.map(field => `result.${field}`).join(',')}`;
    const stream = await readStream(stage.target, `/stream/applications?${query}`);
    try {
      const first = await stream.next(event => nameIn(event) === stage.name);
      assert.equal(valueAt(first, 'result.type'), 'ADDED');
      await stage.post('/sync');
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
  }),
  onStage('streams lines of JSON to those who do not ask for events', oneMap, async stage => {
    await stage.create(stage.application('plain'));
    const path = `/stream/applications?name=${stage.name}`;
    const stream = await readStream(stage.target, path, 'application/json');
    try {
      const first = await stream.next(() => true);
      assert.equal(valueAt(first, 'result.type'), 'ADDED');
      assert.equal(nameIn(first), stage.name);
    } finally {
      stream.close();
    }
  }),
  onStage('knows author and message of a deployed commit', oneMap, async stage => {
    await stage.create(stage.application('plain', automated()));
    const synced = await stage.until('Synced', isSynced);
    const path = `/applications/${stage.name}/revisions`;
    const sha = valueAt(synced, 'status.sync.revision');
    const metadata = await call(stage.target, `${path}/${sha}/metadata`);
    assert.equal(metadata.status, 200);
    assert.match(String(metadata.json.author), /^.+ <.+>$/);
    assert.equal(metadata.json.message, 'Change plain/a.json');
    const branch = await call(stage.target, `${path}/main/metadata`);
    assert.deepEqual([branch.status, branch.json.code], [500, 2]);
  }),
  onStage('shows what an application deployed as a tree', oneMap, async stage => {
    await stage.create(stage.application('plain', automated()));
    await stage.until('Synced', isSettled);
    const tree = await stage.call('/resource-tree');
    const nodes = (tree.json.nodes as Json[]).map(({ kind, name }) => [kind, name]);
    assert.deepEqual(nodes, [['ConfigMap', 'a']]);
  }),
];

const nameIn = (event: unknown): unknown => valueAt(event, 'result.application.metadata.name');
