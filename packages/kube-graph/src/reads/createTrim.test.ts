import type { KubeObject } from '../objects';
import { createTrim } from './createTrim';
import { mergeReads, podTemplateReads, podTemplateShapes } from './Reads';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    name: 'web',
    namespace: 'shop',
    uid: 'u1',
    resourceVersion: '7',
    labels: { app: 'web' },
    annotations: {
      'helm.sh/hook': 'test',
      'kubectl.kubernetes.io/last-applied-configuration': '{}',
      'waymark.dev/ignore.x': 'why',
    },
    managedFields: [{ manager: 'kubectl' }],
  },
  spec: {
    replicas: 2,
    paused: true,
    template: {
      spec: {
        serviceAccountName: 'web',
        containers: [
          { name: 'web', image: 'web:1', env: [{ name: 'PASSWORD', value: 'hunter2' }] },
          { name: 'agent', args: ['--token=hunter2'] },
        ],
      },
    },
  },
  status: { replicas: 2 },
} as KubeObject;

describe('createTrim', () => {
  const trim = createTrim({
    Deployment: {
      fields: [
        '/spec/replicas',
        '/spec/template/spec/containers/name',
        '/spec/template/spec/containers/env/name',
        '/metadata/annotations/waymark.dev~1ignore.x',
        '/status/conditions',
      ],
    },
    ConfigMap: { fields: [], keysOf: ['/data', '/binaryData'] },
  });

  it('keeps identity, hooks and what is declared, and nothing else', () => {
    expect(trim(deployment)).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'web',
        namespace: 'shop',
        uid: 'u1',
        resourceVersion: '7',
        labels: { app: 'web' },
        annotations: { 'helm.sh/hook': 'test', 'waymark.dev/ignore.x': 'why' },
      },
      spec: {
        replicas: 2,
        template: {
          spec: { containers: [{ name: 'web', env: [{ name: 'PASSWORD' }] }, { name: 'agent' }] },
        },
      },
      status: {},
    });
  });

  it('keeps keys without values where only keys are read', () => {
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' } } as KubeObject;
    expect(trim({ ...map, data: { a: 'hunter2', b: '' }, immutable: true } as KubeObject)).toEqual({
      ...map,
      data: { a: '', b: '' },
    });
  });

  it('keeps of a shape how many texts there are, and none of them', () => {
    const shape = createTrim(podTemplateShapes('/spec/containers/livenessProbe/exec'));
    const probe = { exec: { command: ['mysql', '-phunter2'] }, periodSeconds: 5 };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'p' },
      spec: { containers: [{ name: 'db', livenessProbe: probe }] },
    };
    expect(shape(pod as KubeObject)).toEqual({
      ...pod,
      spec: { containers: [{ livenessProbe: { exec: { command: ['', ''] } } }] },
    });
  });

  it.each(['Secret', 'Certificate'])('keeps nothing but identity of an undeclared %s', kind => {
    const secret = { apiVersion: 'v1', kind, metadata: { name: 's' }, data: { a: 'aHVudGVyMg==' } };
    expect(trim(secret as KubeObject)).toEqual({ apiVersion: 'v1', kind, metadata: { name: 's' } });
  });

  it('leaves the given object as it was', () => {
    const before = structuredClone(deployment);
    trim(deployment);
    expect(deployment).toEqual(before);
  });

  it('keeps a whole subtree however parts of it are declared', () => {
    for (const fields of [
      ['/spec', '/spec/replicas'],
      ['/spec/replicas', '/spec'],
    ] as const) {
      const whole = createTrim({ Deployment: { fields } })(deployment);
      expect(whole).toHaveProperty('spec', (deployment as { spec?: unknown }).spec);
    }
  });

  it('lets fields win over keys of the same map', () => {
    const both = createTrim({ ConfigMap: { fields: ['/data'], keysOf: ['/data'] } });
    const map = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm' }, data: { a: '1' } };
    expect(both(map as KubeObject)).toEqual(map);
  });
});

it('mergeReads unites fields and keys of each kind once', () => {
  expect(
    mergeReads(
      { Service: { fields: ['/spec'] }, ConfigMap: { fields: [], keysOf: ['/data'] } },
      {
        Service: { fields: ['/spec', '/status'] },
        ConfigMap: { fields: ['/immutable'], shapeOf: ['/metadata/annotations'] },
      },
    ),
  ).toEqual({
    Service: { fields: ['/spec', '/status'], keysOf: [], shapeOf: [] },
    ConfigMap: { fields: ['/immutable'], keysOf: ['/data'], shapeOf: ['/metadata/annotations'] },
  });
});

it('podTemplateReads places a field in every kind of workload', () => {
  expect(podTemplateReads('/spec/volumes')).toMatchObject({
    Deployment: { fields: ['/spec/template/spec/volumes'] },
    CronJob: { fields: ['/spec/jobTemplate/spec/template/spec/volumes'] },
    Pod: { fields: ['/spec/volumes'] },
  });
});
