import { deepStrictEqual, match, ok, strictEqual } from 'node:assert';
import type { ContractCase } from '../ContractCase';
import { conditionOf } from './conditionOf';
import { inNamespace } from './inNamespace';
import { assertOk, configMap } from './manifests';
import type { PodTarget } from './PodTarget';
import { deployPod, eventAbout, type Pod, podWhen } from './workloadPod';

const readinessOf = (pod: Pod) => {
  const { status, reason, message } = conditionOf(pod, 'Ready') ?? {};
  return { status, reason, message };
};

const notReady = {
  status: 'False',
  reason: 'ContainersNotReady',
  message: 'containers with unready status: [app]',
};

const fullNameOf = ({ metadata: { name, namespace, uid } }: Pod) => `${name}_${namespace}(${uid})`;

/** What clients read of a pod whose container does not do well: its kubelet's words. */
export const podCases: readonly ContractCase<PodTarget>[] = [
  inNamespace('a container that crashes waits in CrashLoopBackOff', async (client, target) => {
    await deployPod(client, target, { play: { exit: { after: 1, code: 3 } } });
    const { pod, container } = await podWhen(
      client,
      ({ state }) => state.waiting?.reason === 'CrashLoopBackOff',
    );
    strictEqual(
      container.state.waiting?.message,
      `back-off 10s restarting failed container=app pod=${fullNameOf(pod)}`,
    );
    const { exitCode, reason, message, startedAt, finishedAt, containerID } =
      container.lastState.terminated ?? {};
    deepStrictEqual(
      { exitCode, reason, message },
      { exitCode: 3, reason: 'Error', message: undefined },
    );
    ok(Date.parse(String(finishedAt)) >= Date.parse(String(startedAt)));
    match(String(containerID), /^\w+:\/\/.+/);
    const { ready, started, restartCount } = container;
    deepStrictEqual(
      { ready, started, restartCount },
      { ready: false, started: false, restartCount: 1 },
    );
    strictEqual(pod.status.phase, 'Running');
    deepStrictEqual(readinessOf(pod), notReady);
    const event = await eventAbout(client, pod, {
      reason: 'BackOff',
      message: /^Back-off restarting/,
    });
    strictEqual(
      event.message,
      `Back-off restarting failed container app in pod ${fullNameOf(pod)}`,
    );
    deepStrictEqual(
      [event.type, event.source.component, event.involvedObject.fieldPath],
      ['Warning', 'kubelet', 'spec.containers{app}'],
    );
  }),

  inNamespace(
    'an image that is not there alternates between its error and a back-off',
    async (client, target) => {
      const image = `registry.example/${client.namespace}/app:missing`;
      target.removeImage(image);
      await deployPod(client, target, { container: { image } });
      const failed = await podWhen(client, ({ state }) => state.waiting?.reason === 'ErrImagePull');
      const error = failed.container.state.waiting?.message ?? '';
      match(error, new RegExp(`^rpc error: code = NotFound desc = .*${image}: not found$`));
      const waiting = await podWhen(
        client,
        ({ state }) => state.waiting?.reason === 'ImagePullBackOff',
      );
      strictEqual(
        waiting.container.state.waiting?.message,
        `Back-off pulling image "${image}": ErrImagePull: ${error}`,
      );
      strictEqual(waiting.container.imageID, '');
      strictEqual(waiting.container.restartCount, 0);
      strictEqual(waiting.pod.status.phase, 'Pending');
      deepStrictEqual(readinessOf(waiting.pod), notReady);
      for (const message of [
        /^Failed to pull image "/,
        /^Error: ErrImagePull$/,
        /^Error: ImagePullBackOff$/,
      ])
        strictEqual(
          (await eventAbout(client, waiting.pod, { reason: 'Failed', message })).type,
          'Warning',
        );
      const event = await eventAbout(client, waiting.pod, { reason: 'BackOff', message: /./ });
      deepStrictEqual([event.type, event.message], ['Normal', `Back-off pulling image "${image}"`]);
    },
  ),

  inNamespace('a ConfigMap that is missing is named, and waited for', async (client, target) => {
    const envFrom = [{ configMapRef: { name: 'settings' } }];
    await deployPod(client, target, { container: { envFrom } });
    const { pod, container } = await podWhen(
      client,
      ({ state }) => state.waiting?.reason === 'CreateContainerConfigError',
    );
    strictEqual(container.state.waiting?.message, 'configmap "settings" not found');
    strictEqual(pod.status.phase, 'Pending');
    await eventAbout(client, pod, {
      reason: 'Failed',
      message: /^Error: configmap "settings" not found$/,
    });
    assertOk(await client.create(client.path('configmaps'), configMap('settings')));
    await podWhen(client, ({ ready }) => ready);
  }),

  inNamespace('a key that a ConfigMap does not have is named', async (client, target) => {
    assertOk(await client.create(client.path('configmaps'), configMap('settings')));
    const configMapKeyRef = { name: 'settings', key: 'speed' };
    await deployPod(client, target, {
      container: { env: [{ name: 'SPEED', valueFrom: { configMapKeyRef } }] },
    });
    const { container } = await podWhen(
      client,
      ({ state }) => state.waiting?.reason === 'CreateContainerConfigError',
    );
    strictEqual(
      container.state.waiting?.message,
      `couldn't find key speed in ConfigMap ${client.namespace}/settings`,
    );
  }),

  inNamespace('a container that answers 503 runs and is not ready', async (client, target) => {
    await deployPod(client, target, { play: { readiness: 503 } });
    const { pod } = await podWhen(
      client,
      ({ state, started }) => Boolean(state.running) && started,
    );
    const event = await eventAbout(client, pod, { reason: 'Unhealthy', message: /503/ });
    strictEqual(event.message, 'Readiness probe failed: HTTP probe failed with statuscode: 503');
    deepStrictEqual(
      [event.type, event.involvedObject.fieldPath],
      ['Warning', 'spec.containers{app}'],
    );
    const now = await podWhen(client, () => true);
    deepStrictEqual([now.container.ready, now.container.restartCount], [false, 0]);
    strictEqual(now.pod.status.phase, 'Running');
    deepStrictEqual(readinessOf(now.pod), notReady);
  }),

  inNamespace('a container killed for memory says so', async (client, target) => {
    await deployPod(client, target, {
      play: { exit: { after: 1, code: 137, reason: 'OOMKilled' } },
    });
    const { container } = await podWhen(client, ({ lastState }) => Boolean(lastState.terminated));
    const { exitCode, reason } = container.lastState.terminated ?? {};
    deepStrictEqual({ exitCode, reason }, { exitCode: 137, reason: 'OOMKilled' });
  }),

  inNamespace(
    'what fails its liveness probe is asked to stop, and ends as it wants',
    async (client, target) => {
      await deployPod(client, target, { play: { liveness: 500 } });
      const { pod, container } = await podWhen(client, ({ lastState }) =>
        Boolean(lastState.terminated),
      );
      const { exitCode, reason } = container.lastState.terminated ?? {};
      deepStrictEqual({ exitCode, reason }, { exitCode: 0, reason: 'Completed' });
      const message = /^Container app failed liveness probe, will be restarted$/;
      strictEqual((await eventAbout(client, pod, { reason: 'Killing', message })).type, 'Normal');
    },
  ),

  inNamespace('what does not stop is killed when its grace is over', async (client, target) => {
    await deployPod(client, target, {
      play: { liveness: 500, ignoresTerm: true },
      pod: { terminationGracePeriodSeconds: 1 },
    });
    const { container } = await podWhen(client, ({ lastState }) => Boolean(lastState.terminated));
    const { exitCode, reason } = container.lastState.terminated ?? {};
    deepStrictEqual({ exitCode, reason }, { exitCode: 137, reason: 'Error' });
  }),
];
