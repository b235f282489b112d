import { ContractClient } from '../../contract/kubernetes';
import { type RunningApi, startKubernetesApi } from '../startKubernetesApi';
import { startTestCluster, type TestCluster } from '../startTestCluster';
import { everything } from './TokenGrant';

/** What needs running pods or a clock of its own; the rest is in the contract. */
let test: TestCluster;
let api: RunningApi;
let client: ContractClient;

beforeEach(async () => {
  test = startTestCluster();
  test.deploy('web');
  test.pass(20);
  const tokens = [{ token: 'admin', user: 'admin', rules: everything }];
  api = await startKubernetesApi({ cluster: test.cluster, port: 0, tokens, logs: test.kubelets });
  client = ContractClient.create({ url: api.url, token: 'admin' }, 'shop');
});
afterEach(async () => {
  await api.stop();
  test.stop();
});

const pod = () => `${client.path('pods')}/${test.pods('web')[0].metadata.name}`;

it('reads logs: the tail, with times, of a container that is there', async () => {
  expect((await client.get(`${pod()}/log`)).text).toBe(
    '{"level":"info","msg":"starting","service":"app","image":"registry.example/app:1"}\n' +
      '{"level":"info","msg":"listening","port":8080}\n',
  );
  const stamped = await client.get(`${pod()}/log?tailLines=1&timestamps=true`);
  expect(stamped.text).toMatch(/^2026-01-05T10:00:05\.\d{3}Z \{"level":"info","msg":"listening"/);
  expect((await client.get(`${pod()}/log?sinceSeconds=1`)).text).toBe('');
  expect((await client.get(`${pod()}/log?limitBytes=8`)).text).toBe('{"level"');
  const before = await client.get(`${pod()}/log?previous=true`);
  expect([before.status, before.body.message]).toEqual([
    400,
    expect.stringMatching(/^previous terminated container "app" in pod "web-\S+" not found$/),
  ]);
  expect((await client.get(`${pod()}/log?container=nope`)).status).toBe(400);
});

it('follows a log', async () => {
  const name = { namespace: 'shop', name: 'web' };
  const response = await fetch(`${api.url}${pod()}/log?follow=true&tailLines=0`, {
    headers: { Authorization: 'Bearer admin' },
  });
  const reader = response.body?.getReader();
  const exit = { after: 1, code: 1, reason: 'Error', log: ['out of order'] } as const;
  test.behaviours.set(name, { exit });
  test.pass(1);
  const chunk = await reader?.read();
  expect(Buffer.from(chunk?.value ?? []).toString()).toBe('out of order\n');
  await reader?.cancel();
});

it('sends a bookmark a minute, and one shortly before the end', async () => {
  const watch = await client.watch(
    `${client.path('secrets')}?watch=1&allowWatchBookmarks=true&resourceVersion=1&timeoutSeconds=150`,
  );
  const seen = async (count: number) =>
    (await watch.until(events => events.length >= count)).map(({ type }) => type);
  test.pass(59);
  test.apply('Secret', 'news', {});
  expect(await seen(1)).toEqual(['ADDED']);
  test.pass(2);
  expect(await seen(2)).toEqual(['ADDED', 'BOOKMARK']);
  test.pass(60);
  expect(await seen(3)).toEqual(['ADDED', 'BOOKMARK', 'BOOKMARK']);
  test.pass(28);
  expect(await seen(4)).toHaveLength(4);
  test.pass(2);
  await watch.ended;
  const last = watch.events[watch.events.length - 1];
  expect(last.type).toBe('BOOKMARK');
  expect(last.object.metadata.resourceVersion).toBe(String(test.cluster.store.currentVersion));
});

it('answers JSON to who prefers protobuf, and refuses to read it', async () => {
  const accept = 'application/vnd.kubernetes.protobuf,application/json';
  expect((await client.get('/api/v1/pods', { Accept: accept })).mediaType).toBe('application/json');
  const headers = { 'Content-Type': 'application/vnd.kubernetes.protobuf' };
  const refused = await client.send('POST', client.path('configmaps'), {}, headers);
  expect(refused.status).toBe(415);
});
