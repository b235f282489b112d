import type { KubeObject, OwnerReference } from '../objects';

/** The one owner that manages an object, whether or not that owner is known. */
export const controllerOwnerOf = ({
  metadata,
}: Pick<KubeObject, 'metadata'>): OwnerReference | undefined =>
  metadata.ownerReferences?.find(({ controller }) => controller);
