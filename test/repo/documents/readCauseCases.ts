import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { judge, renderCause, type Cause, type Status, type Subject } from '@waymark/health';
import { buildGraph, type Coverage, type Kind, type KubeObject } from '@waymark/kube-graph';
import { JSON_SCHEMA, loadAll } from 'js-yaml';

interface Expectation {
  /** `Kind/namespace/name` */
  readonly subject: string;
  readonly now: string;
  readonly coverage?: Partial<Record<Kind, 'missing' | 'open'>>;
}

/** One of the cases that prove a cause, as its page shows it. */
export interface CauseCase {
  readonly file: string;
  readonly status: Status;
  readonly cause: Cause;
  readonly sentence: string;
}

const FOLDER = 'packages/health/src';

/** Every case of `packages/health` that has a cause, judged now. */
export const readCauseCases = (root: string): readonly CauseCase[] =>
  readdirSync(join(root, FOLDER), { recursive: true, encoding: 'utf8' })
    .filter(file => /\bcases\/.*\.yaml$/.test(file))
    .sort()
    .flatMap(file => {
      const text = readFileSync(join(root, FOLDER, file), 'utf8');
      const [head, ...objects] = loadAll(text, undefined, { schema: JSON_SCHEMA });
      const { status, cause } = verdictOf(head as Expectation, objects as KubeObject[]);
      if (!cause) return [];
      return [{ file: `${FOLDER}/${file}`, status, cause, sentence: renderCause(cause) }];
    });

/** Kinds that the portal never asks for: they stay unknown in every case. */
const UNWATCHED: readonly Kind[] = ['PersistentVolumeClaim', 'Secret', 'SecretProviderClass'];

function verdictOf({ subject, now, coverage = {} }: Expectation, objects: readonly KubeObject[]) {
  const graph = buildGraph(objects, {
    coverage: kind => coverageOf(UNWATCHED.includes(kind) ? 'missing' : coverage[kind]),
  });
  const [kind, namespace, name] = subject.split('/');
  return judge(
    graph.get(kind as Kind, namespace || undefined, name) as Subject,
    graph,
    new Date(now),
  );
}

function coverageOf(state: 'missing' | 'open' | undefined): Coverage {
  if (state === 'missing') return { state, reason: 'forbidden', message: '' };
  return { state: state ?? 'complete' };
}
