import { createTrim, type KubeObject } from '@waymark/kube-graph';
import { liveReads } from './createOwnership';

const SECRET = 's3cret';

const httpGet = {
  path: '/livez',
  port: 8080,
  httpHeaders: [{ name: 'Authorization', value: `Bearer ${SECRET}` }],
};
const exec = { command: ['mysql', '-uroot', `-p${SECRET}`] };

const container = (name: string) => ({
  name,
  image: 'registry.example/web:1',
  command: ['web', `--password=${SECRET}`],
  args: [`--token=${SECRET}`],
  env: [{ name: 'PASSWORD', value: SECRET }],
  livenessProbe: { exec, periodSeconds: 5 },
  readinessProbe: { httpGet },
  startupProbe: { exec },
  lifecycle: { preStop: { exec }, postStart: { httpGet } },
});

const template = {
  metadata: { labels: { app: 'web' }, annotations: { note: SECRET } },
  spec: { containers: [container('web'), container('agent')], initContainers: [container('init')] },
};

const object = (apiVersion: string, kind: string, rest: object): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace: 'shop', annotations: { note: SECRET } },
  ...rest,
});

describe('the reads of a live cluster', () => {
  const trim = createTrim(liveReads);

  it.each([
    object('apps/v1', 'Deployment', { spec: { template } }),
    object('apps/v1', 'StatefulSet', { spec: { template } }),
    object('apps/v1', 'DaemonSet', { spec: { template } }),
    object('apps/v1', 'ReplicaSet', { spec: { template } }),
    object('batch/v1', 'Job', { spec: { template } }),
    object('batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template } } } }),
    object('v1', 'Pod', { spec: template.spec }),
    object('v1', 'ConfigMap', { data: { url: SECRET }, binaryData: { key: SECRET } }),
    object('keda.sh/v1alpha1', 'ScaledObject', {
      spec: {
        scaleTargetRef: { name: 'web' },
        triggers: [{ type: 'rabbitmq', metadata: { host: `amqp://web:${SECRET}@queue` } }],
      },
    }),
  ])('keep no secret of a $kind', given => {
    expect(JSON.stringify(given)).toContain(SECRET);
    expect(JSON.stringify(trim(given))).not.toContain(SECRET);
  });

  it('keep of probes, hooks and triggers that they are there', () => {
    expect(trim(object('v1', 'Pod', { spec: template.spec }))).toMatchObject({
      spec: {
        containers: [
          {
            livenessProbe: { exec: { command: ['', '', ''] }, periodSeconds: 5 },
            readinessProbe: { httpGet: { path: '/livez', port: 8080 } },
            lifecycle: { preStop: { exec: { command: ['', '', ''] } } },
          },
          { name: 'agent' },
        ],
      },
    });
  });
});
