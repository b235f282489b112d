import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildGraph, type Coverage, type KubeObject } from '@waymark/kube-graph';
import { JSON_SCHEMA, loadAll } from 'js-yaml';
import { describe as describeFacts, judge, type Subject, SUBJECT_KINDS, type Verdict } from '..';

const corpora = process.env.WAYMARK_CORPORA ?? join(__dirname, '../../../../../shared/corpora');
const folder = join(corpora, 'kubectl-status/tests/artifacts');
const now = new Date('2026-11-21T12:00:00Z');

const objects = existsSync(folder)
  ? readdirSync(folder)
      .filter(file => file.endsWith('.yaml'))
      .flatMap(file =>
        loadAll(readFileSync(join(folder, file), 'utf8'), undefined, {
          schema: JSON_SCHEMA,
          json: true,
        }),
      )
      .flatMap(
        object => (object as { items?: KubeObject[] } | undefined)?.items ?? [object as KubeObject],
      )
      .filter(object => object?.metadata?.name && object.kind)
  : [];

const COVERAGES: readonly Coverage[] = [
  { state: 'complete' },
  { state: 'open' },
  { state: 'missing', reason: 'forbidden', message: 'cannot list' },
];

/** Judges every object of the corpus, and the same objects without their spec or status. */
function* verdicts(given: readonly KubeObject[]): Iterable<Verdict> {
  for (const coverage of COVERAGES) {
    const graph = buildGraph(given, { coverage: () => coverage });
    for (const kind of SUBJECT_KINDS)
      for (const subject of graph.all(kind)) yield judge(subject as Subject, graph, now);
    for (const workload of graph.workloads()) describeFacts(workload, graph, now);
  }
}

const without = (field: 'spec' | 'status') =>
  objects.map(object => ({ ...object, [field]: undefined }) as KubeObject);

const present = objects.length > 0;

(present ? describe : describe.skip)(
  present
    ? 'objects of kubectl-status'
    : `objects of kubectl-status (skipped: no corpus at ${folder})`,
  () => {
    it.each([
      ['whole', objects],
      ['without status', without('status')],
      ['without spec', without('spec')],
    ])('are judged without a throw: %s', (_, given) => {
      const all = [...verdicts(given)];
      expect(all.length).toBeGreaterThan(100);
      expect(all.filter(({ status, gaps }) => status === 'healthy' && gaps.length)).toEqual([]);
    });
  },
);
