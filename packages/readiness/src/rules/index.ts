import type { Rule } from '../engine';
import { configRefMissing } from './config-ref-missing/rule';
import { csiSecretOrphan } from './csi-secret-orphan/rule';
import { graceTooShort } from './grace-too-short/rule';
import { hpaMinOne } from './hpa-min-one/rule';
import { hpaReplicasConflict } from './hpa-replicas-conflict/rule';
import { hpaRequestMissing } from './hpa-request-missing/rule';
import { hpaTargetMissing } from './hpa-target-missing/rule';
import { imageTagMutable } from './image-tag-mutable/rule';
import { livenessChecksDependency } from './liveness-checks-dependency/rule';
import { memoryLimitMissing } from './memory-limit-missing/rule';
import { memoryOvercommit } from './memory-overcommit/rule';
import { netpolDnsEgressMissing } from './netpol-dns-egress-missing/rule';
import { netpolMissing } from './netpol-missing/rule';
import { pdbBlocksDrain } from './pdb-blocks-drain/rule';
import { pdbIneffective } from './pdb-ineffective/rule';
import { pdbMissing } from './pdb-missing/rule';
import { prestopMissing } from './prestop-missing/rule';
import { probeIdentical } from './probe-identical/rule';
import { probeReadinessMissing } from './probe-readiness-missing/rule';
import { replicasSingle } from './replicas-single/rule';
import { requestsMissing } from './requests-missing/rule';
import { rolloutDeadlock } from './rollout-deadlock/rule';
import { rolloutZeroCapacity } from './rollout-zero-capacity/rule';
import { runAsRoot } from './run-as-root/rule';
import { scalerConflict } from './scaler-conflict/rule';
import { secretInGit } from './secret-in-git/rule';
import { selectorTemplateMismatch } from './selector-template-mismatch/rule';
import { serviceSelectsNothing } from './service-selects-nothing/rule';
import { serviceTargetPortUnresolved } from './service-target-port-unresolved/rule';
import { spreadMissing } from './spread-missing/rule';
import { startupProbeMissing } from './startup-probe-missing/rule';

/** Every rule, in the order in which findings of equal weight are shown. */
export const rules: readonly Rule[] = [
  replicasSingle,
  rolloutDeadlock,
  rolloutZeroCapacity,
  selectorTemplateMismatch,
  probeReadinessMissing,
  probeIdentical,
  livenessChecksDependency,
  startupProbeMissing,
  prestopMissing,
  graceTooShort,
  requestsMissing,
  memoryLimitMissing,
  memoryOvercommit,
  hpaTargetMissing,
  hpaReplicasConflict,
  hpaMinOne,
  hpaRequestMissing,
  scalerConflict,
  pdbMissing,
  pdbBlocksDrain,
  pdbIneffective,
  spreadMissing,
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
