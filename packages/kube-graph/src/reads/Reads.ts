import type { Kind } from '../objects';

/** A JSON pointer without array indexes: `/spec/containers/image` means the image of every container. */
export type FieldPath = `/${string}`;

export interface KindReads {
  /** Subtrees that are read. */
  readonly fields: readonly FieldPath[];
  /** Maps of which only the keys are read: every value is stored as the empty string. */
  readonly keysOf?: readonly FieldPath[];
  /**
   * Subtrees of which only the shape is read: every text is stored as the empty string. Unlike a value behind a key, a
   * text that changes is no change.
   */
  readonly shapeOf?: readonly FieldPath[];
}

/**
 * The fields that rules and verdicts read, by kind. One declaration serves twice: the live store drops everything else,
 * and the read-only ClusterRole grants exactly these kinds.
 */
export type Reads = { readonly [K in Kind]?: KindReads };

export function mergeReads(...all: readonly Reads[]): Reads {
  const merged: { [K in Kind]?: Required<KindReads> } = {};
  for (const reads of all) {
    for (const [kind, { fields, keysOf = [], shapeOf = [] }] of Object.entries(reads) as [
      Kind,
      KindReads,
    ][]) {
      const known = merged[kind];
      merged[kind] = {
        fields: [...new Set([...(known?.fields ?? []), ...fields])],
        keysOf: [...new Set([...(known?.keysOf ?? []), ...keysOf])],
        shapeOf: [...new Set([...(known?.shapeOf ?? []), ...shapeOf])],
      };
    }
  }
  return merged;
}

/** The same fields of the pod template in every kind of workload, given relative to the pod template. */
export const podTemplateReads = (...fields: readonly FieldPath[]): Reads =>
  inPodTemplates(under => ({ fields: fields.map(under) }));

/** The same of subtrees of which only the shape is read. */
export const podTemplateShapes = (...shapes: readonly FieldPath[]): Reads =>
  inPodTemplates(under => ({ fields: [], shapeOf: shapes.map(under) }));

function inPodTemplates(readsAt: (under: (field: FieldPath) => FieldPath) => KindReads): Reads {
  const at = (prefix: string) => readsAt(field => `${prefix}${field}` as FieldPath);
  return {
    Deployment: at('/spec/template'),
    StatefulSet: at('/spec/template'),
    DaemonSet: at('/spec/template'),
    ReplicaSet: at('/spec/template'),
    Job: at('/spec/template'),
    CronJob: at('/spec/jobTemplate/spec/template'),
    Pod: at(''),
  };
}
