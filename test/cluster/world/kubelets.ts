import { ControlPlane } from './controlPlane';
import { newUser, User } from './credentials';
import { Daemon } from './daemon';
import { KubeObject } from './kubeApi';
import { inUserNamespace } from './namespace';
import { NodePlace } from './nodes';
import { WorldContext } from './worldContext';

/** The identity that the Node authorizer expects. */
export function nodeUser(place: NodePlace): User {
  return newUser(`system:node:${place.name}`, ['system:nodes']);
}

/** A node whose containers are processes: the process is the kubelet. To lose the node, kill it. */
export interface KubeletNode extends NodePlace {
  kubelet: Daemon;
}

export interface KubeletOptions {
  places: NodePlace[];
  users: User[];
  /** The secrets store driver's own user: a node may not write Secrets. */
  driver: User;
  /** Folder of behaviour.json. */
  control: string;
}

/** Starts one kubelet per place, all at once, and waits until each node is Ready. */
export async function startKubelets(
  context: WorldContext,
  controlPlane: ControlPlane,
  { places, users, driver, control }: KubeletOptions,
): Promise<KubeletNode[]> {
  await controlPlane.admin.apply(secretsStoreDriver);
  const driverConfig = controlPlane.kubeconfig(driver);
  const nodes = places.map((place, index) => {
    // Unix sockets lie below the root, and their paths are limited to 107 bytes.
    const root = context.folder('k', String(index + 1));
    const kubelet = context.daemon({
      name: `kubelet ${index + 1}`,
      command: context.part('kubelet', 'kubelet'),
      args: [
        ...['-node', place.name, '-ip', place.ip, '-podnet', place.podNetwork, '-root', root],
        ...['-kubeconfig', controlPlane.kubeconfig(users[index])],
        ...['-driver-kubeconfig', driverConfig, '-ctl', control],
        ...['-view', context.part('kubelet', 'container-view')],
        ...[
          '-labels',
          Object.entries(place.labels)
            .map(pair => pair.join('='))
            .join(','),
        ],
        ...(inUserNamespace() ? ['-userns'] : []),
      ],
      ready: () => isReady(controlPlane, place.name),
    });
    return { ...place, kubelet };
  });
  await Promise.all(nodes.map(({ kubelet }) => kubelet.start()));
  return nodes;
}

/** As the driver's own chart registers it: the kubelet then tells it the pod, which it needs. */
const secretsStoreDriver: KubeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSIDriver',
  metadata: { name: 'secrets-store.csi.k8s.io' },
  spec: { podInfoOnMount: true, attachRequired: false, volumeLifecycleModes: ['Ephemeral'] },
};

interface Node extends KubeObject {
  status?: { conditions?: { type: string; status: string }[] };
}

async function isReady({ admin }: ControlPlane, name: string): Promise<boolean> {
  const node = await admin.get<Node>({ apiVersion: 'v1', kind: 'Node', metadata: { name } });
  return (
    node.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ??
    false
  );
}
