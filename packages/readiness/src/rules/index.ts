import type { Rule } from '../engine';
import { configRefMissing } from './config-ref-missing/rule';
import { csiSecretOrphan } from './csi-secret-orphan/rule';
import { imageTagMutable } from './image-tag-mutable/rule';
import { netpolDnsEgressMissing } from './netpol-dns-egress-missing/rule';
import { netpolMissing } from './netpol-missing/rule';
import { replicasSingle } from './replicas-single/rule';
import { runAsRoot } from './run-as-root/rule';
import { secretInGit } from './secret-in-git/rule';
import { serviceSelectsNothing } from './service-selects-nothing/rule';
import { serviceTargetPortUnresolved } from './service-target-port-unresolved/rule';

/** Every rule, in the order in which findings of equal weight are shown. */
export const rules: readonly Rule[] = [
  replicasSingle,
  serviceSelectsNothing,
  serviceTargetPortUnresolved,
  netpolMissing,
  netpolDnsEgressMissing,
  configRefMissing,
  secretInGit,
  csiSecretOrphan,
  runAsRoot,
  imageTagMutable,
];

/** The rules that may judge the objects of a live cluster. */
export const liveRules: readonly Rule[] = rules.filter(({ manifestOnly }) => !manifestOnly);
