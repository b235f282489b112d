import { deepStrictEqual, match, notStrictEqual, strictEqual } from 'node:assert';
import type { ContractCase } from '../ContractCase';
import type { Answer, KubernetesTarget } from './ContractClient';
import { inNamespace } from './inNamespace';
import { assertOk, assertRefused, configMap, deployment } from './manifests';

/** Create, update, patch, apply and delete of an API server. */
export const writeCases: readonly ContractCase<KubernetesTarget>[] = [
  inNamespace('a new object gets identity, and its name only once', async client => {
    const path = client.path('configmaps');
    const { status, body } = await client.create(path, configMap('a', { data: { k: 'v' } }));
    strictEqual(status, 201);
    const { uid, resourceVersion, creationTimestamp, namespace } = body.metadata;
    match(uid, /^[0-9a-f-]{36}$/);
    match(resourceVersion, /^\d+$/);
    match(creationTimestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    strictEqual(namespace, client.namespace);
    assertRefused(await client.create(path, configMap('a')), {
      code: 409,
      reason: 'AlreadyExists',
      message: 'configmaps "a" already exists',
    });
    const generated = await client.create(path, {
      ...configMap(''),
      metadata: { generateName: 'gen-' },
    });
    match(generated.body.metadata.name, /^gen-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  }),
  inNamespace(
    'objects that contradict the URL, the kind or the namespace are refused',
    async client => {
      const path = client.path('configmaps');
      assertRefused(await client.create(path, configMap('Bad_Name')), {
        code: 422,
        reason: 'Invalid',
      });
      assertRefused(await client.create(path, configMap('')), {
        code: 422,
        reason: 'Invalid',
        message:
          'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
      });
      assertRefused(
        await client.create(path, {
          ...configMap('a'),
          metadata: { name: 'a', namespace: 'else' },
        }),
        {
          code: 400,
          reason: 'BadRequest',
          message:
            'the namespace of the provided object does not match the namespace sent on the request',
        },
      );
      assertRefused(await client.create(path, { ...configMap('a'), kind: 'Pod' }), {
        code: 400,
        reason: 'BadRequest',
      });
      assertRefused(
        await client.create('/api/v1/namespaces/no-such-place/configmaps', configMap('a')),
        { code: 404, reason: 'NotFound', message: 'namespaces "no-such-place" not found' },
      );
      const mismatched = deployment('w', { selector: { matchLabels: { app: 'other' } } });
      const refused = await client.create(client.path('apps/v1/deployments'), mismatched);
      assertRefused(refused, { code: 422, reason: 'Invalid' });
      match(refused.body.message, /`selector` does not match template `labels`/);
    },
  ),
  inNamespace(
    'an update with an old resourceVersion is refused, one without differences changes nothing',
    async client => {
      const path = client.path('configmaps');
      const first = (await client.create(path, configMap('a', { data: { k: '1' } }))).body;
      const second = (await client.replace(`${path}/a`, { ...first, data: { k: '2' } })).body;
      notStrictEqual(second.metadata.resourceVersion, first.metadata.resourceVersion);
      assertRefused(await client.replace(`${path}/a`, { ...first, data: { k: '3' } }), {
        code: 409,
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on configmaps "a": the object has been modified; ' +
          'please apply your changes to the latest version and try again',
      });
      const same = (await client.replace(`${path}/a`, second)).body;
      strictEqual(same.metadata.resourceVersion, second.metadata.resourceVersion);
      assertRefused(await client.replace(`${path}/zz`, configMap('zz')), {
        code: 404,
        reason: 'NotFound',
        message: 'configmaps "zz" not found',
      });
    },
  ),
  inNamespace(
    'the generation counts changes of the spec, not of labels or status',
    async client => {
      const path = client.path('networking.k8s.io/v1/ingresses');
      const rules = (host: string) => [{ host, http: { paths: [backendPath] } }];
      const ingress = {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'i' },
        spec: { rules: rules('a.example') },
      };
      const merge = 'application/merge-patch+json';
      strictEqual((await client.create(path, ingress)).body.metadata.generation, 1);
      const labelled = await client.patch(`${path}/i`, { metadata: { labels: { x: 'y' } } }, merge);
      strictEqual(labelled.body.metadata.generation, 1);
      const status = { loadBalancer: { ingress: [{ hostname: 'lb.example' }] } };
      const written = await client.patch(`${path}/i/status`, { status }, merge);
      strictEqual(written.body.metadata.generation, 1);
      strictEqual(hostnameOf(written), 'lb.example');
      const moved = await client.patch(`${path}/i`, { spec: { rules: rules('b.example') } }, merge);
      strictEqual(moved.body.metadata.generation, 2);
      strictEqual(hostnameOf(moved), 'lb.example');
      const ignored = await client.patch(`${path}/i`, { status: { loadBalancer: null } }, merge);
      strictEqual(hostnameOf(ignored), 'lb.example');
    },
  ),
  inNamespace('merge, JSON and strategic merge patches', async client => {
    const maps = client.path('configmaps');
    await client.create(maps, configMap('a', { data: { keep: '1', drop: '2' } }));
    const merged = await client.patch(
      `${maps}/a`,
      { data: { drop: null, add: '3' } },
      'application/merge-patch+json',
    );
    deepStrictEqual(merged.body.data, { keep: '1', add: '3' });
    const stepped = await client.patch(
      `${maps}/a`,
      [
        { op: 'test', path: '/data/keep', value: '1' },
        { op: 'replace', path: '/data/keep', value: '9' },
        { op: 'remove', path: '/data/add' },
      ],
      'application/json-patch+json',
    );
    deepStrictEqual(stepped.body.data, { keep: '9' });
    const failing = [{ op: 'test', path: '/data/keep', value: 'other' }];
    assertRefused(await client.patch(`${maps}/a`, failing, 'application/json-patch+json'), {
      code: 422,
      reason: 'Invalid',
    });
    assertRefused(await client.patch(`${maps}/a`, {}, 'application/json'), {
      code: 415,
      reason: 'UnsupportedMediaType',
    });

    const workloads = client.path('apps/v1/deployments');
    await client.create(
      workloads,
      deployment(
        'w',
        { replicas: 0 },
        {
          containers: [
            { name: 'app', image: 'registry.example/app:1', env: [{ name: 'A', value: '1' }] },
            { name: 'side', image: 'registry.example/side:1' },
          ],
        },
      ),
    );
    const containers = [
      { name: 'app', image: 'registry.example/app:2', env: [{ name: 'B', value: '2' }] },
      { name: 'side', $patch: 'delete' },
    ];
    const patched = await client.patch(
      `${workloads}/w`,
      { spec: { template: { spec: { containers } } } },
      'application/strategic-merge-patch+json',
    );
    assertOk(patched);
    const { template } = patched.body.spec as PatchedSpec;
    const [app, ...others] = template.spec.containers;
    strictEqual(others.length, 0);
    strictEqual(app.image, 'registry.example/app:2');
    deepStrictEqual(app.env.map(({ name }) => name).sort(), ['A', 'B']);
  }),
  inNamespace(
    'server-side apply creates, merges, and takes back what the same manager leaves out',
    async client => {
      const path = `${client.path('configmaps')}/a`;
      const apply = (manager: string, data: Record<string, string>) =>
        client.patch(
          `${path}?fieldManager=${manager}&force=true`,
          configMap('a', { data }),
          'application/apply-patch+yaml',
        );
      assertOk(await apply('one', { x: '1', y: '1' }));
      assertOk(await apply('two', { z: '2' }));
      const last = await apply('one', { x: '3' });
      assertOk(last);
      deepStrictEqual(last.body.data, { x: '3', z: '2' });
    },
  ),
  inNamespace(
    'delete answers Success, honours preconditions, and waits for finalizers',
    async client => {
      const path = client.path('configmaps');
      const { uid } = (await client.create(path, configMap('a'))).body.metadata;
      assertRefused(await client.remove(`${path}/a`, { preconditions: { uid: 'other' } }), {
        code: 409,
        reason: 'Conflict',
      });
      const gone = await client.remove(`${path}/a`);
      strictEqual(gone.body.status, 'Success');
      deepStrictEqual(gone.body.details, { name: 'a', kind: 'configmaps', uid });
      assertRefused(await client.get(`${path}/a`), { code: 404, reason: 'NotFound' });

      const held = configMap('held');
      await client.create(path, {
        ...held,
        metadata: { ...held.metadata, finalizers: ['example.com/hold'] },
      });
      await client.remove(`${path}/held`);
      const lingering = (await client.get(`${path}/held`)).body;
      match(lingering.metadata.deletionTimestamp, /Z$/);
      const release = { metadata: { finalizers: null } };
      await client.patch(`${path}/held`, release, 'application/merge-patch+json');
      strictEqual((await client.get(`${path}/held`)).status, 404);
    },
  ),
  inNamespace('dry run judges and stores nothing', async client => {
    const path = client.path('configmaps');
    strictEqual((await client.create(`${path}?dryRun=All`, configMap('dry'))).status, 201);
    strictEqual((await client.get(`${path}/dry`)).status, 404);
    assertRefused(await client.create(`${path}?dryRun=All`, configMap('Bad_Name')), {
      code: 422,
      reason: 'Invalid',
    });
  }),
];

const backendPath = {
  path: '/',
  pathType: 'Prefix',
  backend: { service: { name: 's', port: { number: 80 } } },
};

const hostnameOf = ({ body: { status } }: Answer) =>
  (status as { loadBalancer: { ingress: { hostname: string }[] } }).loadBalancer.ingress[0]
    .hostname;

interface PatchedSpec {
  template: { spec: { containers: { image: string; env: { name: string }[] }[] } };
}
