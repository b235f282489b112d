import { deepStrictEqual, match, strictEqual } from 'node:assert';
import type { ContractCase } from '../ContractCase';
import { inNamespace } from './inNamespace';
import { assertRefused } from './manifests';
import type { PodTarget } from './PodTarget';
import { deployPod, podWhen } from './workloadPod';

const log = ['one', 'two', 'three'];

/** The log of a container, of this run and of the one before. */
export const podLogCases: readonly ContractCase<PodTarget>[] = [
  inNamespace('the log is read whole, from its end, and with times', async (client, target) => {
    await deployPod(client, target, { play: { log } });
    const { pod } = await podWhen(client, ({ ready }) => ready);
    const path = `${client.path('pods')}/${pod.metadata.name}/log`;
    const whole = await client.get(path);
    deepStrictEqual(
      [whole.status, whole.mediaType, whole.text],
      [200, 'text/plain', 'one\ntwo\nthree\n'],
    );
    strictEqual((await client.get(`${path}?tailLines=2`)).text, 'two\nthree\n');
    strictEqual((await client.get(`${path}?tailLines=0`)).text, '');
    strictEqual((await client.get(`${path}?limitBytes=5`)).text, 'one\nt');
    strictEqual((await client.get(`${path}?sinceSeconds=3600&container=app`)).text, whole.text);
    match(
      (await client.get(`${path}?timestamps=true&tailLines=1`)).text,
      /^\d{4}-\S+\.\d+Z three\n$/,
    );
  }),

  inNamespace('the log of a run that ended is the previous one', async (client, target) => {
    await deployPod(client, target, { play: { log, exit: { after: 1, code: 1 } } });
    const { pod } = await podWhen(client, ({ restartCount }) => restartCount > 0);
    const path = `${client.path('pods')}/${pod.metadata.name}/log`;
    strictEqual((await client.get(`${path}?previous=true&tailLines=1`)).text, 'three\n');
  }),

  inNamespace('a log that is not there is refused with the reason', async (client, target) => {
    const envFrom = [{ configMapRef: { name: 'settings' } }];
    await deployPod(client, target, { container: { envFrom } });
    const { pod } = await podWhen(
      client,
      ({ state }) => state.waiting?.reason === 'CreateContainerConfigError',
    );
    const { name } = pod.metadata;
    const path = `${client.path('pods')}/${name}/log`;
    const refusal = { code: 400, reason: 'BadRequest' };
    assertRefused(await client.get(path), {
      ...refusal,
      message: `container "app" in pod "${name}" is waiting to start: CreateContainerConfigError`,
    });
    assertRefused(await client.get(`${path}?previous=true`), {
      ...refusal,
      message: `previous terminated container "app" in pod "${name}" not found`,
    });
    assertRefused(await client.get(`${path}?container=other`), {
      ...refusal,
      message: `container other is not valid for pod ${name}`,
    });
  }),
];
