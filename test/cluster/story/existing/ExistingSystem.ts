import type { World } from '../../world/world';

/** A system whose manifests were there before any golden path. */
export interface ExistingSystem {
  readonly title: string;
  /** The file or folder of its manifests; where it does not exist, the steps are skipped. */
  readonly path: string;
  readonly namespace: string;
  /** Gives it what manifests alone do not bring: what its containers do, its disks, its load. */
  prepare(world: World): Promise<void>;
}
