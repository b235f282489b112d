import type { Controller } from './Controller';
import { keyOf } from './ownership';

const PROVISIONING_MILLISECONDS = 1500;

/** PersistentVolumeClaim → a volume of the asked size, whatever the storage class: dynamic provisioning that always works. */
export const volumeController: Controller = {
  name: 'persistentvolume-controller',

  *affected({ object, type }, { cluster, requeue }) {
    if (object.kind !== 'PersistentVolumeClaim') return;
    if (type === 'ADDED') requeue(keyOf(object), PROVISIONING_MILLISECONDS);
    const volume = `pvc-${object.metadata.uid}`;
    const exists = cluster.get({ kind: 'PersistentVolume', name: volume });
    if (type === 'DELETED' && exists) cluster.remove({ kind: 'PersistentVolume', name: volume });
    yield* [];
  },

  reconcile(key, { cluster }) {
    const claim = cluster.get({ kind: 'PersistentVolumeClaim', ...key });
    if (!claim || claim.spec.volumeName) return;
    const name = `pvc-${claim.metadata.uid}`;
    const { accessModes, storageClassName, resources } = claim.spec;
    const capacity = resources?.requests ?? { storage: '1Gi' };
    cluster.create({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name },
      spec: {
        accessModes,
        capacity,
        storageClassName,
        persistentVolumeReclaimPolicy: 'Delete',
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...key },
      },
    });
    cluster.modify(claim, draft => {
      draft.spec.volumeName = name;
    });
    cluster.modify(
      claim,
      draft => {
        draft.status = { phase: 'Bound', accessModes, capacity };
      },
      'status',
    );
  },
};
