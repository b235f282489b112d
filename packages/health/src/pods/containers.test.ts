import type { Pod } from '@waymark/kube-graph';
import { containersOf } from './containers';

const status = (name: string) => ({
  name,
  image: 'registry.example/a:1',
  ready: false,
  restartCount: 0,
});

const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'shop' },
  spec: {
    initContainers: [
      { name: 'migrate', image: 'registry.example/migrate:1' },
      { name: 'proxy', image: 'registry.example/proxy:1', restartPolicy: 'Always' },
    ],
    containers: [{ name: 'web', image: 'registry.example/web:1' }],
  },
  status: {
    initContainerStatuses: [status('proxy'), status('gone'), status('migrate')],
    containerStatuses: [status('web'), status('gone')],
  },
};

describe('containersOf', () => {
  it('joins status and spec by name, and takes no other container for one that the spec does not have', () => {
    const views = containersOf(pod).map(({ name, role, path, spec, specPath }) =>
      [name, role, path, spec?.name, specPath].join(' '),
    );
    expect(views).toEqual([
      'proxy sidecar /status/initContainerStatuses/0 proxy /spec/initContainers/1',
      'gone init /status/initContainerStatuses/1  ',
      'migrate init /status/initContainerStatuses/2 migrate /spec/initContainers/0',
      'web main /status/containerStatuses/0 web /spec/containers/0',
      'gone main /status/containerStatuses/1  ',
    ]);
  });
});
