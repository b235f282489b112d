import { buildGraph, createTrim, type Deployment, type KubeObject } from '@waymark/kube-graph';
import { configurationOf } from './configurationOf';
import { liveReads } from './createOwnership';

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    template: {
      metadata: {
        annotations: { 'checksum/config': 'c0ffee', 'checksum/secrets': 'beef', note: 'x' },
      },
      spec: {
        containers: [
          {
            name: 'main',
            env: [{ name: 'PASSWORD', value: 'hunter2' }],
            envFrom: [{ configMapRef: { name: 'settings' } }, { secretRef: { name: 'web' } }],
          },
        ],
        volumes: [
          { name: 'a', configMap: { name: 'files', items: [{ key: 'a' }, { key: 'b' }] } },
          { name: 'b', configMap: { name: 'missing', optional: true } },
        ],
      },
    },
  },
};
const configMap = (name: string, resourceVersion: string, namespace = 'shop') => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, resourceVersion },
  data: { url: 'postgres://u:hunter2@db' },
});

describe('configurationOf', () => {
  it('tells from what the live store keeps, without any value', () => {
    const trim = createTrim(liveReads);
    const objects = [
      deployment,
      configMap('settings', '7'),
      configMap('files', '8'),
      configMap('missing', '9', 'elsewhere'),
    ].map(object => trim(object as unknown as KubeObject));
    const configuration = configurationOf(objects[0] as Deployment, buildGraph(objects));
    expect(configuration).toEqual({
      'checksum/config': 'c0ffee',
      'checksum/secrets': 'beef',
      'ConfigMap settings': '7',
      'ConfigMap files': '8',
    });
    expect(JSON.stringify(objects)).not.toContain('hunter2');
  });
});
