import type { KubeObject } from '../objects/KubeObject';
import type { Resource } from '../resources/Resource';

/** One committed write, in the order of `resourceVersion`. Objects are frozen and shared. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly resource: Resource;
  /** The object as stored now; for DELETED as it was last, with the version of the deletion. */
  readonly object: KubeObject;
  readonly previous?: KubeObject;
  readonly version: number;
}

export type ChangeListener = (change: Change) => void;
