import type { Kind } from '../objects';

/** A JSON pointer without array indexes: `/spec/containers/image` means the image of every container. */
export type FieldPath = `/${string}`;

export interface KindReads {
  /** Subtrees that are read. */
  readonly fields: readonly FieldPath[];
  /** Maps of which only the keys are read: every value is stored as the empty string. */
  readonly keysOf?: readonly FieldPath[];
}

/**
 * The fields that rules and verdicts read, by kind. One declaration serves twice: the live store drops everything else,
 * and the read-only ClusterRole grants exactly these kinds.
 */
export type Reads = { readonly [K in Kind]?: KindReads };

export function mergeReads(...all: readonly Reads[]): Reads {
  const merged: { [K in Kind]?: KindReads } = {};
  for (const reads of all) {
    for (const [kind, { fields, keysOf = [] }] of Object.entries(reads) as [Kind, KindReads][]) {
      const known = merged[kind];
      merged[kind] = {
        fields: [...new Set([...(known?.fields ?? []), ...fields])],
        keysOf: [...new Set([...(known?.keysOf ?? []), ...keysOf])],
      };
    }
  }
  return merged;
}

/** The same fields of the pod template in every kind of workload, given relative to the pod template. */
export function podTemplateReads(...fields: readonly FieldPath[]): Reads {
  const under = (prefix: string): KindReads => ({
    fields: fields.map(field => `${prefix}${field}` as FieldPath),
  });
  return {
    Deployment: under('/spec/template'),
    StatefulSet: under('/spec/template'),
    DaemonSet: under('/spec/template'),
    ReplicaSet: under('/spec/template'),
    Job: under('/spec/template'),
    CronJob: under('/spec/jobTemplate/spec/template'),
    Pod: under(''),
  };
}
