import type { Rule } from '../engine';
import { imageTagMutable } from './image-tag-mutable/rule';
import { replicasSingle } from './replicas-single/rule';
import { runAsRoot } from './run-as-root/rule';
import { serviceSelectsNothing } from './service-selects-nothing/rule';
import { serviceTargetPortUnresolved } from './service-target-port-unresolved/rule';

/** Every rule, in the order in which findings of equal weight are shown. */
export const rules: readonly Rule[] = [
  replicasSingle,
  serviceSelectsNothing,
  serviceTargetPortUnresolved,
  runAsRoot,
  imageTagMutable,
];

/** The rules that may judge the objects of a live cluster. */
export const liveRules: readonly Rule[] = rules.filter(({ manifestOnly }) => !manifestOnly);
