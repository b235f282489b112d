import { deepStrictEqual, match, ok, strictEqual } from 'node:assert';
import type { ContractCase } from '../ContractCase';
import type { KubernetesTarget } from './ContractClient';
import { inNamespace } from './inNamespace';
import { assertOk, assertRefused, configMap } from './manifests';

/** Get, list, selectors, discovery and refusals of an API server. */
export const readCases: readonly ContractCase<KubernetesTarget>[] = [
  inNamespace('discovery names the resources with their verbs, in both forms', async client => {
    const core = await client.get('/api/v1');
    strictEqual(core.body.kind, 'APIResourceList');
    const pods = core.body.resources.find(({ name }) => name === 'pods');
    strictEqual(pods?.kind, 'Pod');
    strictEqual(pods?.namespaced, true);
    ok(['get', 'list', 'watch', 'patch'].every(verb => pods?.verbs.includes(verb)));
    const apps = await client.get('/apis/apps/v1');
    ok(apps.body.resources.some(({ name }) => name === 'deployments/status'));
    const groups = await client.get('/apis');
    ok(groups.body.groups.some(({ name }) => name === 'autoscaling'));
    const aggregated = await client.get('/apis', {
      Accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList',
    });
    strictEqual(aggregated.body.kind, 'APIGroupDiscoveryList');
    const group = aggregated.body.items.find(({ metadata }) => metadata.name === 'apps');
    ok(group?.versions[0].resources.some(({ resource }) => resource === 'deployments'));
    match((await client.get('/version')).body.gitVersion, /^v1\.\d+\./);
  }),
  inNamespace('what is not served, not known or not allowed', async client => {
    assertRefused(await client.get('/api/v1/unknowns'), {
      code: 404,
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
    strictEqual((await client.get('/apis/unknown.example/v1/things')).status, 404);
    assertRefused(await client.withToken('wrong').get('/api/v1/pods'), {
      code: 401,
      reason: 'Unauthorized',
      message: 'Unauthorized',
    });
    assertRefused(await client.create('/api/v1/pods', {}), {
      code: 405,
      reason: 'MethodNotAllowed',
    });
    const pods = client.path('pods');
    assertRefused(await client.get(`${pods}?fieldSelector=spec.foo%3Dx`), {
      code: 400,
      reason: 'BadRequest',
      message: 'field label not supported: spec.foo',
    });
    assertRefused(await client.get(`${pods}?labelSelector=a%20b`), {
      code: 400,
      reason: 'BadRequest',
    });
    const missing = await client.get(`${pods}/nope`);
    deepStrictEqual(missing.body.details, { name: 'nope', kind: 'pods' });
  }),
  inNamespace(
    'a list has no kind on its items, and metadata alone when asked for',
    async client => {
      const path = client.path('configmaps');
      await client.create(path, configMap('a', { data: { secret: 'not here' } }));
      const list = (await client.get(path)).body;
      strictEqual(list.kind, 'ConfigMapList');
      strictEqual(list.apiVersion, 'v1');
      ok(list.items.every(item => item.kind === undefined && item.apiVersion === undefined));
      const asked = await client.get(path, {
        Accept: 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
      });
      strictEqual(asked.body.kind, 'PartialObjectMetadataList');
      ok(!asked.text.includes('not here'));
      const one = asked.body.items.find(({ metadata }) => metadata.name === 'a');
      strictEqual(one?.kind, 'PartialObjectMetadata');
    },
  ),
  inNamespace('labels select by equality, sets and existence; fields by name', async client => {
    const path = client.path('configmaps');
    await client.create(path, configMap('s1', {}, { app: 'a', tier: 'web' }));
    await client.create(path, configMap('s2', {}, { app: 'b', tier: 'web' }));
    await client.create(path, configMap('s3', {}, { app: 'b' }));
    const names = async (query: string) => {
      const answer = await client.get(`${path}?${query}`);
      assertOk(answer);
      return answer.body.items.map(({ metadata }) => metadata.name).filter(n => /^s\d$/.test(n));
    };
    const byLabels = (selector: string) => names(`labelSelector=${encodeURIComponent(selector)}`);
    deepStrictEqual(await byLabels('app=b'), ['s2', 's3']);
    deepStrictEqual(await byLabels('app==b,tier'), ['s2']);
    deepStrictEqual(await byLabels('app in (a, c),tier!=db'), ['s1']);
    deepStrictEqual(await byLabels('app,app notin (a)'), ['s2', 's3']);
    deepStrictEqual(await byLabels('app,!tier'), ['s3']);
    deepStrictEqual(await names('fieldSelector=metadata.name%3Ds2'), ['s2']);
    deepStrictEqual(await names('fieldSelector=metadata.name!%3Ds2&labelSelector=app%3Db'), ['s3']);
  }),
  inNamespace(
    'the pages of a list show one state, even when it changes in between',
    async client => {
      const path = client.path('secrets');
      const secret = (name: string) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name } });
      for (const name of ['p1', 'p2', 'p3']) await client.create(path, secret(name));
      const first = (await client.get(`${path}?limit=2`)).body;
      deepStrictEqual(
        first.items.map(({ metadata }) => metadata.name),
        ['p1', 'p2'],
      );
      strictEqual(first.metadata.remainingItemCount, 1);
      await client.remove(`${path}/p3`);
      await client.create(path, secret('p4'));
      const next = encodeURIComponent(first.metadata.continue);
      const second = (await client.get(`${path}?limit=2&continue=${next}`)).body;
      deepStrictEqual(
        second.items.map(({ metadata }) => metadata.name),
        ['p3'],
      );
      strictEqual(second.metadata.resourceVersion, first.metadata.resourceVersion);
      strictEqual(second.metadata.continue, undefined);
      assertRefused(await client.get(`${path}?continue=nonsense`), {
        code: 400,
        reason: 'BadRequest',
      });
    },
  ),
  inNamespace(
    'a list can be asked for a version: not older than, exactly, or one that is not there yet',
    async client => {
      const path = client.path('configmaps');
      const made = (await client.create(path, configMap('v1'))).body.metadata.resourceVersion;
      const last = (await client.create(path, configMap('v2'))).body.metadata.resourceVersion;
      const exact = await client.get(`${path}?resourceVersion=${made}&resourceVersionMatch=Exact`);
      const namesIn = ({ items }: typeof exact.body) =>
        items.map(({ metadata }) => metadata.name).filter(name => /^v\d$/.test(name));
      deepStrictEqual(namesIn(exact.body), ['v1']);
      strictEqual(exact.body.metadata.resourceVersion, made);
      // Not older than the first would be answered truly by a cache that has not seen the second.
      const fresh = await client.get(`${path}?resourceVersion=${last}`);
      deepStrictEqual(namesIn(fresh.body), ['v1', 'v2']);
      const future = await client.get(`${path}?resourceVersion=99999999999`);
      assertRefused(future, { code: 504, reason: 'Timeout' });
      strictEqual(future.body.details.causes[0].reason, 'ResourceVersionTooLarge');
    },
  ),
  inNamespace('events are found by the object that they are about', async client => {
    const path = client.path('events');
    const event = (name: string, about: string, type: string) => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name },
      involvedObject: { kind: 'Pod', name: about, namespace: client.namespace },
      type,
      reason: 'Contract',
      message: 'a message',
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:00Z',
      source: { component: 'contract' },
    });
    assertOk(await client.create(path, event('e1', 'web', 'Normal')));
    assertOk(await client.create(path, event('e2', 'web', 'Warning')));
    assertOk(await client.create(path, event('e3', 'api', 'Warning')));
    const select = async (fields: string) =>
      (await client.get(`${path}?fieldSelector=${encodeURIComponent(fields)}`)).body.items
        .map(({ metadata }) => metadata.name)
        .filter(name => /^e\d$/.test(name));
    deepStrictEqual(await select('involvedObject.name=web'), ['e1', 'e2']);
    deepStrictEqual(await select('involvedObject.name=web,type!=Normal'), ['e2']);
    deepStrictEqual(await select('involvedObject.kind=Pod,type=Warning'), ['e2', 'e3']);
  }),
  inNamespace('a user can ask what it may do', async client => {
    const review = await client.create('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: {
        resourceAttributes: { verb: 'list', resource: 'pods', namespace: client.namespace },
      },
    });
    strictEqual(review.status, 201);
    strictEqual((review.body.status as { allowed: boolean }).allowed, true);
  }),
];
