import type { Admission } from './Admission';
import { admitPod } from './admitPod';
import { createClusterIpAllocation } from './allocateClusterIp';
import { enforceQuota } from './enforceQuota';
import { requireNamespace } from './requireNamespace';
import { setDefaults } from './setDefaults';
import { validate } from './validate';

/** Every write passes these, in this order: the quota counts what the defaults have filled in. */
export const createAdmissionChain = (): readonly Admission[] => [
  validate,
  requireNamespace,
  setDefaults,
  createClusterIpAllocation(),
  admitPod,
  enforceQuota,
];
