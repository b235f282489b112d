import type { Fault } from './Fault';
import { podsOf, somePodWaits, somePodWasKilledForMemory } from './pods';
import { inCourier, courier, courierDeployment, courierImage } from './courier';

const missingImage = `${courierImage}:missing`;

export const badImage: Fault = {
  name: 'an image that does not exist',
  subject: courier,
  async make({ behaviours, controlPlane: { admin } }) {
    behaviours.set(missingImage, {
      pullCode: 'NotFound',
      pullErr: `failed to resolve reference "${missingImage}": ${missingImage}: not found`,
    });
    await admin.apply(courierDeployment({ image: missingImage }));
  },
  shows: world => somePodWaits(world, courier, 'ErrImagePull', 'ImagePullBackOff'),
  code: 'image-not-found',
  sentence: /^1 of 3 pods of courier cannot start: the registry has no image ".*courier:missing"$/,
  mend: async ({ controlPlane: { admin } }) => void (await admin.apply(courierDeployment())),
};

export const missingConfigMap: Fault = {
  name: 'a ConfigMap that does not exist',
  subject: courier,
  make: async ({ controlPlane: { admin } }) =>
    void (await admin.apply(
      courierDeployment({ envFrom: [{ configMapRef: { name: 'courier-settings' } }] }),
    )),
  shows: world => somePodWaits(world, courier, 'CreateContainerConfigError'),
  code: 'configmap-missing',
  sentence: /^1 of 3 pods of courier cannot start: ConfigMap "courier-settings" does not exist$/,
  // The next try of the kubelet finds it, without a new pod.
  mend: async ({ controlPlane: { admin } }) =>
    void (await admin.apply({
      ...inCourier('v1', 'ConfigMap', 'courier-settings'),
      data: { SPEED: 'fast' },
    })),
};

export const outOfMemory: Fault = {
  name: 'a container killed for memory',
  subject: courier,
  async make(world) {
    const [pod] = await podsOf(world, courier);
    // A real process takes 256 MiB of its 128 MiB.
    await fetch(`http://${pod.status?.podIP}:8080/hoard`).catch(() => undefined);
  },
  shows: world => somePodWasKilledForMemory(world, courier),
  code: 'oom-limit',
  sentence:
    /^1 of 2 pods of courier run out of memory: container "main" is killed at its memory limit of 128Mi$/,
  // New pods, because a kill is remembered for a day.
  mend: async ({ controlPlane: { admin } }) =>
    void (await admin.send(
      'DELETE',
      `/api/v1/namespaces/${courier.namespace}/pods?labelSelector=${encodeURIComponent(courier.selector)}`,
    )),
};
