import { strictEqual } from 'node:assert';
import { accountReady } from './accountReady';
import type { ContractClient, WireObject } from './ContractClient';
import { assertOk, deployment } from './manifests';
import type { ContainerPlay, PodTarget } from './PodTarget';
import { until } from './until';

interface Termination {
  readonly exitCode: number;
  readonly reason: string;
  readonly message?: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly containerID: string;
}

interface ContainerState {
  readonly waiting?: { readonly reason: string; readonly message?: string };
  readonly running?: { readonly startedAt: string };
  readonly terminated?: Termination;
}

export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly started: boolean;
  readonly restartCount: number;
  readonly imageID: string;
  readonly containerID?: string;
  readonly state: ContainerState;
  readonly lastState: ContainerState;
}

export type Pod = WireObject & {
  readonly status: {
    readonly phase: string;
    readonly containerStatuses?: readonly ContainerStatus[];
  };
};

const probe = (path: string) => ({ httpGet: { path, port: 8080 }, periodSeconds: 1 });

/** A container that is probed every second. */
export const probed = (fields: object = {}) => ({
  name: 'app',
  image: 'registry.example/app:1',
  readinessProbe: probe('/readyz'),
  livenessProbe: probe('/livez'),
  ...fields,
});

/** Deploys one pod `web-…` whose container does as told. */
export async function deployPod(
  client: ContractClient,
  { play }: PodTarget,
  options: { play?: ContainerPlay; container?: object; pod?: object } = {},
): Promise<void> {
  await accountReady(client);
  play({ namespace: client.namespace, name: 'web' }, options.play ?? {});
  const spec = { containers: [probed(options.container)], ...options.pod };
  assertOk(await client.create(client.path('apps/v1/deployments'), deployment('web', {}, spec)));
}

/** The only pod, as soon as the test holds for its container. */
export async function podWhen(
  client: ContractClient,
  test: (container: ContainerStatus, pod: Pod) => boolean,
): Promise<{ pod: Pod; container: ContainerStatus }> {
  const containerOf = (pod?: Pod) => pod?.status.containerStatuses?.[0];
  const { items } = await until(client, client.path('pods'), list => {
    const [pod] = list.items as Pod[];
    const container = containerOf(pod);
    return container !== undefined && test(container, pod);
  });
  strictEqual(items.length, 1);
  const [pod] = items as Pod[];
  return { pod, container: containerOf(pod)! };
}

interface Event extends Omit<WireObject, 'message'> {
  readonly type: string;
  readonly message: string;
  readonly count: number;
  readonly involvedObject: { readonly fieldPath?: string };
  readonly source: { readonly component: string; readonly host?: string };
}

/** An event about the pod in the words that are expected, as soon as there is one. */
export async function eventAbout(
  client: ContractClient,
  { metadata }: Pod,
  { reason, message }: { reason: string; message: RegExp },
): Promise<Event> {
  const selector = encodeURIComponent(`reason=${reason},involvedObject.name=${metadata.name}`);
  const path = `${client.path('events')}?fieldSelector=${selector}`;
  const fits = (event: WireObject) => message.test(event.message);
  const { items } = await until(client, path, list => list.items.some(fits));
  return items.find(fits) as unknown as Event;
}
