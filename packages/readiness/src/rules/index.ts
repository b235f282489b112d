import type { Rule } from '../engine';
import { imageTagMutable } from './image-tag-mutable/rule';
import { replicasSingle } from './replicas-single/rule';
import { runAsRoot } from './run-as-root/rule';

/** Every rule, in the order in which findings of equal weight are shown. */
export const rules: readonly Rule[] = [replicasSingle, runAsRoot, imageTagMutable];

/** The rules that may judge the objects of a live cluster. */
export const liveRules: readonly Rule[] = rules.filter(({ manifestOnly }) => !manifestOnly);
