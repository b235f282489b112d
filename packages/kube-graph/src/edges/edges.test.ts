import type { Container, KubeObject, PodSpec, Service, ServicePort, Workload } from '../objects';
import { calledHosts } from './calledHosts';
import { configReferences } from './configReferences';
import {
  allContainers,
  isWorkload,
  longRunningContainers,
  podSpecPath,
  podTemplateOf,
} from './podTemplateOf';
import { resolveTargetPort } from './resolveTargetPort';
import { serviceSelector } from './serviceSelector';

const object = (kind: string, apiVersion: string, spec: unknown) =>
  ({ kind, apiVersion, metadata: { name: 'web' }, spec }) as KubeObject;

describe('a workload', () => {
  it('is one of a kind of Kubernetes, not of another group', () => {
    expect(isWorkload(object('Job', 'batch/v1', {}))).toBe(true);
    expect(isWorkload(object('Job', 'batch.volcano.sh/v1alpha1', {}))).toBe(false);
    expect(isWorkload(object('StatefulSet', 'apps.kruise.io/v1beta1', {}))).toBe(false);
    expect(isWorkload(object('Service', 'v1', {}))).toBe(false);
  });

  it.each([
    ['Deployment', 'apps/v1', { template: { spec: 'x' } }, '/spec/template/spec'],
    [
      'CronJob',
      'batch/v1',
      { jobTemplate: { spec: { template: { spec: 'x' } } } },
      '/spec/jobTemplate/spec/template/spec',
    ],
    ['Pod', 'v1', 'x', '/spec'],
  ])('%s has its pod spec at its own place', (kind, apiVersion, spec, path) => {
    const workload = object(kind, apiVersion, spec) as Workload;
    expect(podTemplateOf(workload).spec).toBe('x');
    expect(podSpecPath(workload)).toBe(path);
  });

  it.each([
    ['Deployment', 'apps/v1'],
    ['CronJob', 'batch/v1'],
    ['Pod', 'v1'],
  ])('%s without anything in it has no containers', (kind, apiVersion) => {
    for (const spec of [undefined, {}, { template: {} }]) {
      const workload = object(kind, apiVersion, spec) as Workload;
      expect(allContainers(workload)).toEqual([]);
      expect(configReferences(workload)).toEqual([]);
    }
  });

  it('keeps native sidecars running, and init containers not', () => {
    const workload = object('Pod', 'v1', {
      containers: [{ name: 'web' }],
      initContainers: [{ name: 'migrate' }, { name: 'proxy', restartPolicy: 'Always' }],
    }) as Workload;
    const named = (containers: ReturnType<typeof allContainers>) =>
      containers.map(({ container, path, sidecar }) => [container.name, path, sidecar]);
    expect(named(longRunningContainers(workload))).toEqual([
      ['web', '/spec/containers/0', false],
      ['proxy', '/spec/initContainers/1', true],
    ]);
    expect(named(allContainers(workload))).toEqual([
      ['web', '/spec/containers/0', false],
      ['migrate', '/spec/initContainers/0', false],
      ['proxy', '/spec/initContainers/1', true],
    ]);
  });
});

it('configReferences finds every place that names a ConfigMap or Secret', () => {
  const workload = object('Deployment', 'apps/v1', {
    template: {
      spec: {
        containers: [
          {
            name: 'web',
            env: [
              { name: 'A', value: 'literal' },
              { name: 'B', valueFrom: { configMapKeyRef: { name: 'settings', key: 'b' } } },
              {
                name: 'C',
                valueFrom: { secretKeyRef: { name: 'keys', key: 'c', optional: true } },
              },
            ],
            envFrom: [{ configMapRef: { name: 'all' } }, { secretRef: { name: 'tokens' } }],
          },
        ],
        initContainers: [{ name: 'migrate', envFrom: [{ secretRef: { name: 'database' } }] }],
        volumes: [
          { name: 'scratch', emptyDir: {} },
          { name: 'a', configMap: { name: 'files', items: [{ key: 'x', path: 'x' }] } },
          { name: 'b', secret: { secretName: 'tls', optional: true } },
          {
            name: 'c',
            projected: {
              sources: [
                { serviceAccountToken: { path: 'token' } },
                { configMap: { name: 'bundle' } },
                { secret: { name: 'mixed', items: [{ key: 'k', path: 'k' }] } },
              ],
            },
          },
        ],
      },
    },
  }) as Workload;
  const base = '/spec/template/spec';
  const of = (kind: string, name: string, use: string, path: string, rest: object = {}) => ({
    kind,
    name,
    use,
    optional: false,
    path: `${base}${path}`,
    ...rest,
  });
  expect(configReferences(workload)).toEqual([
    of('ConfigMap', 'settings', 'env', '/containers/0/env/1/valueFrom/configMapKeyRef', {
      key: 'b',
    }),
    of('Secret', 'keys', 'env', '/containers/0/env/2/valueFrom/secretKeyRef', {
      key: 'c',
      optional: true,
    }),
    of('ConfigMap', 'all', 'envFrom', '/containers/0/envFrom/0/configMapRef'),
    of('Secret', 'tokens', 'envFrom', '/containers/0/envFrom/1/secretRef'),
    of('Secret', 'database', 'envFrom', '/initContainers/0/envFrom/0/secretRef'),
    of('ConfigMap', 'files', 'volume', '/volumes/1/configMap/items/0', { key: 'x' }),
    of('Secret', 'tls', 'volume', '/volumes/2/secret', { optional: true }),
    of('ConfigMap', 'bundle', 'volume', '/volumes/3/projected/sources/1/configMap'),
    of('Secret', 'mixed', 'volume', '/volumes/3/projected/sources/2/secret/items/0', { key: 'k' }),
  ]);
});

describe('resolveTargetPort', () => {
  const spec = {
    containers: [
      { name: 'agent', ports: [{ name: 'dns', containerPort: 53, protocol: 'UDP' }] },
      { name: 'web', ports: [{ name: 'http', containerPort: 8080 }] },
    ],
    initContainers: [
      { name: 'migrate', ports: [{ name: 'once', containerPort: 1 }] },
      {
        name: 'proxy',
        restartPolicy: 'Always',
        ports: [{ name: 'https', containerPort: 8443 }],
      },
    ],
  } as PodSpec;

  it.each<[Partial<ServicePort>, string | undefined]>([
    [{ targetPort: 'http' }, 'web 8080'],
    [{ targetPort: 8080 }, 'web 8080'],
    [{ targetPort: '8080' }, 'web 8080'],
    [{ port: 8080 }, 'web 8080'],
    [{ port: 8080, targetPort: 0 }, 'web 8080'],
    [{ targetPort: 'https' }, 'proxy 8443'],
    [{ targetPort: 'once' }, undefined],
    [{ targetPort: 'dns' }, undefined],
    [{ targetPort: 'dns', protocol: 'UDP' }, 'agent 53'],
    [{ targetPort: 'grpc' }, undefined],
    [{ targetPort: 9999 }, undefined],
  ])('%j reaches %s', (port, expected) => {
    const resolved = resolveTargetPort({ port: 80, ...port }, spec);
    expect(resolved && `${resolved.container} ${resolved.number}`).toBe(expected);
  });

  it('reaches nothing in a pod without containers', () => {
    expect(resolveTargetPort({ port: 80 }, {} as PodSpec)).toBeUndefined();
    expect(
      resolveTargetPort({ port: 80 }, { containers: [{ name: 'web' } as Container] }),
    ).toBeUndefined();
  });
});

it.each([
  [{ selector: { app: 'web' } }, { matchLabels: { app: 'web' } }],
  [{ selector: {} }, undefined],
  [{}, undefined],
  [undefined, undefined],
  [{ type: 'ExternalName', selector: { app: 'web' } }, undefined],
])('a Service with %j selects %j', (spec, expected) =>
  expect(serviceSelector(object('Service', 'v1', spec) as Service)).toEqual(expected),
);

it.each([
  ['redis', ['redis']],
  ['redis:6379', ['redis:6379']],
  ['http://cart:8080/api?x=http://no', ['cart:8080']],
  ['http://cart.shop.svc.cluster.local', ['cart.shop.svc.cluster.local']],
  ['jdbc:mysql://user:p@ss@mysql:3306/shop', ['mysql:3306']],
  ['kafka-0:9092, kafka-1:9092', ['kafka-0:9092', 'kafka-1:9092']],
  ['mongodb://a:27017,b:27017/db', ['a:27017', 'b:27017']],
  ['', []],
  ['not_a_host', []],
  ['/var/run/app.sock', []],
  ['host:port', []],
  ['-dash', []],
])('%j may name %j', (value, hosts) =>
  expect(calledHosts(value).map(({ host, port }) => (port ? `${host}:${port}` : host))).toEqual(
    hosts,
  ),
);
