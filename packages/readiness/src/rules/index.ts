import type { Rule } from '../engine';
import { replicasSingle } from './replicas-single/rule';

/** Every rule, in the order in which findings of equal weight are shown. */
export const rules: readonly Rule[] = [replicasSingle];
