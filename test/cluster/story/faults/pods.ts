import type { KubeObject } from '../../world/kubeApi';
import type { World } from '../../world/world';
import type { Subject } from './Subject';

export interface Pod extends KubeObject {
  metadata: KubeObject['metadata'] & { deletionTimestamp?: string };
  status?: {
    podIP?: string;
    containerStatuses?: {
      state?: { waiting?: { reason: string }; terminated?: { reason: string } };
      lastState?: { terminated?: { reason: string } };
    }[];
  };
  spec: { nodeName?: string };
}

/** Without those on their way out, which the fault before may have left for some seconds. */
export async function podsOf(
  { controlPlane }: World,
  { namespace, selector }: Subject,
): Promise<Pod[]> {
  const pods = await controlPlane.admin.list<Pod>('v1', 'Pod', {
    namespace,
    labelSelector: selector,
  });
  return pods.filter(({ metadata }) => !metadata.deletionTimestamp);
}

/** Whether a container of a pod waits for one of these reasons. */
export async function somePodWaits(
  world: World,
  subject: Subject,
  ...reasons: string[]
): Promise<boolean> {
  const statuses = (await podsOf(world, subject)).flatMap(
    ({ status }) => status?.containerStatuses ?? [],
  );
  return statuses.some(({ state }) => reasons.includes(state?.waiting?.reason ?? ''));
}

export async function somePodWasKilledForMemory(world: World, subject: Subject): Promise<boolean> {
  const statuses = (await podsOf(world, subject)).flatMap(
    ({ status }) => status?.containerStatuses ?? [],
  );
  return statuses.some(({ state, lastState }) =>
    [state, lastState].some(now => now?.terminated?.reason === 'OOMKilled'),
  );
}
