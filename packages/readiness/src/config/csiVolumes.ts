import { allContainers, podSpecPath, podTemplateOf, type Workload } from '@waymark/kube-graph';

/** Source: https://secrets-store-csi-driver.sigs.k8s.io/getting-started/usage */
const SECRETS_STORE_DRIVER = 'secrets-store.csi.k8s.io';

/** A pod volume that asks the Secrets Store CSI driver for a SecretProviderClass. */
export interface CsiVolume {
  readonly volume: string;
  readonly className: string;
  /** JSON pointer inside the workload's manifest. */
  readonly path: string;
  /**
   * A container mounts it. The kubelet skips a volume that nobody mounts, so that the driver is never asked.
   * Source: k8s.io/kubernetes pkg/kubelet/volumemanager/populator processPodVolumes
   */
  readonly mounted: boolean;
}

export function csiVolumes(workload: Workload): CsiVolume[] {
  const { volumes = [] } = podTemplateOf(workload).spec;
  return volumes.flatMap(({ name, csi }, index) => {
    const className = csi?.volumeAttributes?.secretProviderClass;
    if (csi?.driver !== SECRETS_STORE_DRIVER || !className) return [];
    const path = `${podSpecPath(workload)}/volumes/${index}`;
    return [{ volume: name, className, path, mounted: isMounted(workload, name) }];
  });
}

const isMounted = (workload: Workload, volume: string) =>
  allContainers(workload).some(({ container }) =>
    container.volumeMounts?.some(({ name }) => name === volume),
  );
