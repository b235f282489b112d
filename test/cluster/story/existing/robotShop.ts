import { join } from 'node:path';
import { root } from '../../../suites/runProgram';
import type { KubeObject } from '../../world/kubeApi';
import type { World } from '../../world/world';
import type { ExistingSystem } from './ExistingSystem';

const namespace = 'robot-shop';

/** Eight services in five languages and four backends, as the sandbox plays them. */
export const robotShop: ExistingSystem = {
  title: 'Robot Shop',
  path: join(root, 'packages/sandbox/seed/robot-shop'),
  namespace,
  async prepare(world) {
    for (const secret of ['mysql/root-password', 'ratings/db-password', 'shipping/db-password'])
      world.behaviours.setSecret(`robot-shop/${secret}`, 'not-a-secret');
    const { admin } = world.controlPlane;
    await admin.applyAll(['mongodb', 'mysql', 'rabbitmq', 'redis'].map(name => disk(world, name)));
  },
};

/** What the EBS driver would make for the claim of the backend's only pod. */
const disk = ({ dir }: World, backend: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: `disk-of-${backend}` },
  spec: {
    capacity: { storage: '10Gi' },
    accessModes: ['ReadWriteOnce'],
    storageClassName: 'gp3',
    claimRef: { namespace, name: `data-${backend}-0` },
    hostPath: { path: join(dir, 'disks', backend), type: 'DirectoryOrCreate' },
  },
});
