import { copy } from '../objects/copy';
import type { KubeObject } from '../objects/KubeObject';
import type { Admission } from './Admission';
import { otherDefaults } from './defaults/otherDefaults';
import { workloadDefaults } from './defaults/workloadDefaults';

const defaultsOf: Readonly<Record<string, (object: never) => void>> = {
  ...workloadDefaults,
  ...otherDefaults,
};

/** Fills in what a manifest leaves out, after `validate` has seen that the parts to fill are there. */
export const setDefaults: Admission = ({ operation, object, previous, resource }) => {
  // The first status is the controller's, not the author's. A node reports its own when it registers.
  if (operation === 'CREATE' && resource.statusSubresource && object.kind !== 'Node') {
    delete object.status;
  }
  // A write of the desired part may leave status out: it keeps the stored one, so nothing is to be filled in there.
  if (previous?.status !== undefined && object.status === undefined) {
    object.status = copy(previous.status);
  }
  const fillIn = defaultsOf[object.kind] as ((object: KubeObject) => void) | undefined;
  fillIn?.(object);
};
