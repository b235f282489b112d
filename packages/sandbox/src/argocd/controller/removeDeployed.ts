import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import { type Application, CASCADE_FINALIZER } from '../application/Application';
import { refOf } from '../compare/targetObjects';

/** A deleted application takes what it deployed with it; the last of it gone, nothing holds the application any more. */
export function removeDeployed(
  cluster: KubernetesCluster,
  application: Application,
  deployed: readonly KubeObject[],
): void {
  const open = deployed.filter(({ metadata }) => !metadata.deletionTimestamp);
  for (const object of open) cluster.remove(refOf(object));
  const left = deployed.some(object => cluster.get(refOf(object)));
  if (left) return;
  cluster.modify(application, draft => {
    draft.metadata.finalizers = draft.metadata.finalizers?.filter(
      finalizer => !finalizer.startsWith(CASCADE_FINALIZER),
    );
  });
}
