import assert from 'node:assert/strict';
import { KubeObject } from '../kubeApi';
import { waitUntil } from '../waitUntil';
import { World } from '../world';
import { Check } from './check';
import { Deployment, deployment, image, namespace, Pod, service } from './objects';

const metadata = (name: string) => ({ name, namespace });

const realProcess: Check = {
  name: 'a Deployment of a real process becomes Ready in three zones and sees its volumes',
  async run(world) {
    const { admin } = world.controlPlane;
    world.behaviours.set('registry.smoke/service', service);
    world.behaviours.setSecret('smoke/database', 'a password');
    await admin.applyAll([...scene, deployment('web', { replicas: 3, ...webPod })]);
    await untilReady(world, 'web', 3);
    const pods = await podsOf(world, 'web');
    assert.equal(new Set(pods.map(({ spec }) => spec.nodeName)).size, 3);
    const addresses = await readyAddresses(world, 'web');
    assert.deepEqual(addresses.sort(), pods.map(({ status }) => status?.podIP).sort());
    for (const address of addresses) {
      const seen = await (await fetch(`http://${address}:8080/seen`)).json();
      assert.deepEqual(
        { ...seen, pod: '' },
        { config: 'hello', secret: 'a password', token: 3, variable: 'hello', pod: '' },
      );
    }
  },
};

const scene: KubeObject[] = [
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: metadata('greeting'),
    data: { greeting: 'hello' },
  },
  {
    apiVersion: 'secrets-store.csi.x-k8s.io/v1',
    kind: 'SecretProviderClass',
    metadata: metadata('database'),
    spec: {
      provider: 'aws',
      parameters: {
        region: 'eu-west-1',
        objects: '- objectName: smoke/database\n  objectAlias: database\n',
      },
    },
  },
  {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: metadata('web'),
    spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] },
  },
];

const webPod = {
  pod: {
    volumes: [
      { name: 'greeting', configMap: { name: 'greeting' } },
      { name: 'scratch', emptyDir: {} },
      {
        name: 'secrets',
        csi: {
          ...{ driver: 'secrets-store.csi.k8s.io', readOnly: true },
          volumeAttributes: { secretProviderClass: 'database' },
        },
      },
    ],
  },
  container: {
    env: [
      { name: 'GREETING', valueFrom: { configMapKeyRef: { name: 'greeting', key: 'greeting' } } },
    ],
    resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '256Mi' } },
    startupProbe: { exec: { command: ['cat', '/etc/smoke/greeting'] }, periodSeconds: 1 },
    volumeMounts: [
      { name: 'greeting', mountPath: '/etc/smoke' },
      { name: 'secrets', mountPath: '/mnt/secrets', readOnly: true },
      // Over the folder in which the world, and perhaps the checkout, lies.
      { name: 'scratch', mountPath: '/tmp' },
    ],
  },
};

const logs: Check = {
  name: 'logs come through the API server',
  async run(world) {
    const [pod] = await podsOf(world, 'web');
    const path = `/api/v1/namespaces/${namespace}/pods/${pod.metadata.name}/log`;
    assert.match(await world.controlPlane.admin.send('GET', path), /^listening/);
  },
};

const memoryLimit: Check = {
  name: 'a process above its memory limit is OOMKilled and started again',
  async run(world) {
    const [pod] = await podsOf(world, 'web');
    await fetch(`http://${pod.status?.podIP}:8080/hoard`).catch(() => undefined);
    await waitUntil(
      async () => {
        const now = await world.controlPlane.admin.get<Pod>(pod);
        const end = now.status?.containerStatuses?.[0].lastState?.terminated;
        return end?.reason === 'OOMKilled' && end.exitCode === 137;
      },
      { what: `${pod.metadata.name} was OOMKilled`, timeoutSeconds: 30 },
    );
    await untilReady(world, 'web', 3);
  },
};

const pullFailure: Check = {
  name: 'an image that does not exist shows as ErrImagePull',
  async run(world) {
    const missing = 'registry.smoke/service:missing';
    const pullErr = `failed to resolve reference "${missing}": ${missing}: not found`;
    world.behaviours.set(missing, { pullErr, pullCode: 'NotFound' });
    await world.controlPlane.admin.apply(deployment('missing', { image: missing }));
    const reason = await waitUntil(
      async () => {
        const [pod] = await podsOf(world, 'missing');
        return pod?.status?.containerStatuses?.[0].state?.waiting?.reason.match(
          /^Err.*|.*BackOff$/,
        )?.[0];
      },
      { what: 'the pull has failed', timeoutSeconds: 30 },
    );
    assert.match(reason, /^(ErrImagePull|ImagePullBackOff)$/);
  },
};

const scripted: Check = {
  name: 'a scripted crash loop of all pods of a workload shows its exit code',
  async run(world) {
    const { admin } = world.controlPlane;
    await admin.apply(deployment('script', { image: 'registry.smoke/script:1' }));
    await untilReady(world, 'script', 1);
    world.behaviours.set(`${namespace}/script-*`, { exitAfter: 0.1, exitCode: 3 });
    await waitUntil(
      async () => {
        const [pod] = await podsOf(world, 'script');
        return pod.status?.containerStatuses?.[0].lastState?.terminated?.exitCode === 3;
      },
      { what: 'the container has exited with 3', timeoutSeconds: 30 },
    );
  },
};

const kwokPods: Check = {
  name: 'pods on kwok nodes walk to Ready',
  async run(world) {
    const pod = {
      nodeSelector: { type: 'kwok' },
      tolerations: [{ key: 'kwok.x-k8s.io/node', operator: 'Exists' }],
    };
    await world.controlPlane.admin.apply(deployment('numbers', { image, replicas: 4, pod }));
    await untilReady(world, 'numbers', 4);
  },
};

export const workloadChecks = [realProcess, logs, memoryLimit, pullFailure, scripted, kwokPods];

/** As `kubectl rollout status` sees it, with nothing of an older template left. */
export async function untilReady(world: World, name: string, replicas: number): Promise<void> {
  await waitUntil(
    async () => {
      const { metadata: now, status } = await world.controlPlane.admin.get<Deployment>(
        deployment(name),
      );
      const counts = [status?.replicas, status?.readyReplicas, status?.updatedReplicas];
      return (
        status?.observedGeneration === now.generation && counts.every(count => count === replicas)
      );
    },
    { what: `${name} has ${replicas} ready replicas`, timeoutSeconds: 60 },
  );
}

function podsOf({ controlPlane }: World, app: string): Promise<Pod[]> {
  return controlPlane.admin.list<Pod>('v1', 'Pod', { namespace, labelSelector: `app=${app}` });
}

interface EndpointSlice extends KubeObject {
  endpoints: { addresses: string[]; conditions: { ready?: boolean } }[];
}

export async function readyAddresses({ controlPlane }: World, name: string): Promise<string[]> {
  const slices = await controlPlane.admin.list<EndpointSlice>(
    'discovery.k8s.io/v1',
    'EndpointSlice',
    {
      namespace,
      labelSelector: `kubernetes.io/service-name=${name}`,
    },
  );
  return slices
    .flatMap(({ endpoints }) => endpoints)
    .filter(({ conditions }) => conditions.ready)
    .flatMap(({ addresses }) => addresses);
}
