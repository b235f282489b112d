import { type KubeObject, refOf } from '@waymark/kube-graph';
import type { Evidence } from '../verdict/Verdict';

/** Messages may hold what an application printed: enough to recognise it, never the whole. */
export const EVIDENCE_LENGTH = 200;

/** The fields that a claim rests on, read from the object itself, so that no evidence can differ from it. Absent fields are left out. */
export function evidenceIn(
  object: KubeObject,
  ...paths: readonly (string | undefined)[]
): readonly Evidence[] {
  return paths.flatMap(path => {
    const value = path === undefined ? undefined : valueAt(object, path);
    if (path === undefined || !isScalar(value)) return [];
    return [{ object: refOf(object), path, value: shorten(value) }];
  });
}

/** A quoted part of a sentence: `: "text"`, or nothing where there is no text. */
export const said = (text: string | undefined): string => {
  const line = text
    ?.trim()
    .split('\n')
    .filter(candidate => candidate.trim())
    .at(-1)
    ?.trim();
  return line ? `: "${shorten(line)}"` : '';
};

function valueAt(object: unknown, path: string): unknown {
  return path
    .slice(1)
    .split('/')
    .map(segment => segment.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce<unknown>(
      (value, segment) => (value as Record<string, unknown> | null | undefined)?.[segment],
      object,
    );
}

const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value);

const shorten = <T extends string | number | boolean>(value: T): T =>
  (typeof value === 'string' && value.length > EVIDENCE_LENGTH
    ? `${value.slice(0, EVIDENCE_LENGTH - 1)}…`
    : value) as T;
