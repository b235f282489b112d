import { deepStrictEqual, ok, strictEqual } from 'node:assert';
import type { ContractCase } from '../ContractCase';
import type { KubernetesTarget, WatchEvent } from './ContractClient';
import { inNamespace } from './inNamespace';
import { configMap } from './manifests';

const story = (events: readonly WatchEvent[]) =>
  events.map(({ type, object }) => `${type} ${object.metadata.name}`);

const merge = 'application/merge-patch+json';

/** Watches of an API server, on kinds that no controller writes to in a new namespace. */
export const watchCases: readonly ContractCase<KubernetesTarget>[] = [
  inNamespace(
    'a watch tells every write after its resourceVersion once and in order',
    async client => {
      const path = client.path('secrets');
      const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'w' } };
      await client.create(path, { ...secret, metadata: { name: 'before' } });
      const { resourceVersion } = (await client.get(path)).body.metadata;
      const watch = await client.watch(`${path}?watch=1&resourceVersion=${resourceVersion}`);
      await client.create(path, secret);
      await client.patch(`${path}/w`, { metadata: { labels: { a: 'b' } } }, merge);
      await client.remove(`${path}/w`);
      const events = await watch.until(seen => seen.length >= 3);
      watch.stop();
      deepStrictEqual(story(events), ['ADDED w', 'MODIFIED w', 'DELETED w']);
      const versions = events.map(({ object }) => Number(object.metadata.resourceVersion));
      ok(versions[0] < versions[1] && versions[1] < versions[2], versions.join());
      ok(events.every(({ object }) => object.kind === 'Secret'));

      const resumed = await client.watch(
        `${path}?watch=1&resourceVersion=${versions[0]}&timeoutSeconds=2`,
      );
      await resumed.ended;
      deepStrictEqual(story(resumed.events), ['MODIFIED w', 'DELETED w']);
    },
  ),
  inNamespace(
    'a watch without a version begins with what there is, and says when that was all',
    async client => {
      const path = client.path('secrets');
      await client.create(path, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'there' } });
      const watch = await client.watch(
        `${path}?watch=1&allowWatchBookmarks=true&sendInitialEvents=true` +
          '&resourceVersionMatch=NotOlderThan&timeoutSeconds=20',
      );
      const [added, bookmark] = await watch.until(seen => seen.length >= 2);
      watch.stop();
      deepStrictEqual(story([added]), ['ADDED there']);
      strictEqual(bookmark.type, 'BOOKMARK');
      strictEqual(bookmark.object.kind, 'Secret');
      strictEqual(bookmark.object.metadata.annotations['k8s.io/initial-events-end'], 'true');
      ok(Number(bookmark.object.metadata.resourceVersion) > 0);
    },
  ),
  inNamespace(
    'an object comes and goes for a watcher as it starts and stops to match',
    async client => {
      const path = client.path('configmaps');
      const watch = await client.watch(`${path}?watch=1&labelSelector=on%3Dyes`);
      const set = (on: string) =>
        client.patch(`${path}/c`, { metadata: { labels: { on } } }, merge);
      await client.create(path, configMap('c', {}, { on: 'no' }));
      await set('yes');
      await client.patch(`${path}/c`, { data: { k: 'v' } }, merge);
      const last = (await set('no')).body.metadata.resourceVersion;
      const events = await watch.until(seen => seen.length >= 3);
      watch.stop();
      deepStrictEqual(story(events), ['ADDED c', 'MODIFIED c', 'DELETED c']);
      const { metadata } = events[2].object;
      strictEqual(metadata.resourceVersion, last);
      strictEqual(metadata.labels.on, 'yes');
    },
  ),
  inNamespace('a watch ends when its time is over, with a bookmark to go on from', async client => {
    const path = client.path('secrets');
    const { resourceVersion } = (await client.get(path)).body.metadata;
    const watch = await client.watch(
      `${path}?watch=1&allowWatchBookmarks=true&timeoutSeconds=6&resourceVersion=${resourceVersion}`,
    );
    // A watch that nothing has happened to gets no bookmark before its first regular one. The last one comes two
    // seconds before the end, so the write has to be earlier.
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'news' } };
    const written = (await client.create(path, secret)).body.metadata.resourceVersion;
    await watch.ended;
    deepStrictEqual(
      watch.events.map(({ type }) => type).filter((type, index, all) => type !== all[index - 1]),
      ['ADDED', 'BOOKMARK'],
    );
    const last = watch.events[watch.events.length - 1].object;
    strictEqual(last.kind, 'Secret');
    ok(Number(last.metadata.resourceVersion) >= Number(written));
  }),
];
