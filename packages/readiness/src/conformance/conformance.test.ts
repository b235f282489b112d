import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiResources, buildGraph, groupOf, isKind, type KubeObject } from '@waymark/kube-graph';
import { loadAll, load } from 'js-yaml';
import { evaluate, type RuleResult } from '../engine';
import { rules } from '../rules';

type Verdict = 'pass' | 'fail' | 'unknown';

interface Corpus {
  corpus: string;
  checks: {
    rule: string;
    params?: object;
    folder?: string;
    pass?: string[];
    fail?: string[];
  }[];
}

interface Disagreement {
  corpus: string;
  rule: string;
  files: string[];
  theirs: Verdict;
  ours: Verdict;
  why: string;
}

interface Release {
  name: string;
  files: string[];
  findings: Record<string, Record<string, number>>;
}

const CORPORA = process.env.WAYMARK_CORPORA ?? join(__dirname, '../../../../../shared/corpora');
const data = <T>(file: string) => load(readFileSync(join(__dirname, file), 'utf8')) as T;
const ledger = data<Disagreement[]>('ledger.yaml');
const releases = data<Release[]>('releases.yaml');
const NOW = new Date('2026-11-21');

if (!existsSync(CORPORA)) {
  // eslint-disable-next-line jest/no-disabled-tests
  it.skip(`agrees with other tools (no corpora at ${CORPORA}: set WAYMARK_CORPORA)`, () => {
    expect(existsSync(CORPORA)).toBe(true);
  });
} else {
  describe.each(['kube-score.yaml', 'polaris.yaml'].map(file => data<Corpus>(file)))(
    '$corpus',
    corpus => {
      const cases = casesOf(corpus);
      const agreed = cases.filter(({ theirs, ours }) => theirs === ours).length;

      it(`agrees on ${agreed} of ${cases.length} files, and the ledger explains the others`, () => {
        const explained = ledger
          .filter(entry => entry.corpus === corpus.corpus)
          .flatMap(({ rule, files, theirs, ours }) =>
            files.map(file => ({ rule, file, theirs, ours })),
          );
        expect(cases.length).toBeGreaterThan(30);
        expect(byName(cases.filter(({ theirs, ours }) => theirs !== ours))).toEqual(
          byName(explained),
        );
      });
    },
  );

  it.each(releases)('finds in $name what is there, and nothing else', ({ files, findings }) => {
    const objects = files.flatMap(file => manifests(join(CORPORA, file)));
    const results = judge(objects, rules);
    expect(objects.length).toBeGreaterThan(0);
    expect(countsOf(results)).toEqual(findings);
  });
}

function casesOf({ corpus, checks }: Corpus) {
  return checks.flatMap(({ rule, params = {}, folder = '', pass, fail }) => {
    const path = join(CORPORA, corpus, folder);
    const named = (files: string[] = [], theirs: Verdict) =>
      files.map(file => ({ file: `${file}.yaml`, theirs }));
    const files =
      pass || fail
        ? [...named(pass, 'pass'), ...named(fail, 'fail')]
        : readdirSync(path)
            .filter(file => /^(success|failure).*\.yaml$/.test(file))
            .map(file => ({
              file,
              theirs: (file.startsWith('success') ? 'pass' : 'fail') as Verdict,
            }));
    return files.map(({ file, theirs }) => ({
      rule,
      file: join(folder, file),
      theirs,
      ours: verdictOf(
        judge(
          manifests(join(path, file)),
          rules.filter(({ id }) => id === rule),
          { [rule]: params },
        ),
      ),
    }));
  });
}

function judge(
  objects: readonly KubeObject[],
  by: typeof rules,
  params?: Record<string, object>,
): readonly RuleResult[] {
  const graph = buildGraph(objects, { namespace: 'default' });
  return evaluate(graph, { rules: by, now: NOW, params }).results;
}

/** Other tools have no advice: what we only advise, they let pass. */
function verdictOf(results: readonly RuleResult[]): Verdict {
  const findings = results.flatMap(result => result.findings);
  if (findings.some(({ severity }) => severity !== 'advice')) return 'fail';
  return results.some(({ verdict }) => verdict === 'unknown') ? 'unknown' : 'pass';
}

function countsOf(results: readonly RuleResult[]) {
  const counts: Record<string, Record<string, number>> = {};
  for (const { rule, code } of results.flatMap(result => result.findings)) {
    counts[rule] ??= {};
    counts[rule][code] = (counts[rule][code] ?? 0) + 1;
  }
  return counts;
}

function manifests(file: string): KubeObject[] {
  const documents = loadAll(readFileSync(file, 'utf8')) as (KubeObject | null)[];
  return documents.flatMap(object => (object?.kind ? [inServedGroup(object)] : []));
}

/** Other tools look at the kind alone, and their files name any group: `v1` Deployment. */
function inServedGroup(object: KubeObject): KubeObject {
  const { apiVersion, kind } = object;
  if (!isKind(kind) || groupOf(apiVersion) === apiResources[kind].group) return object;
  const { group, version } = apiResources[kind];
  return { ...object, apiVersion: group ? `${group}/${version}` : version };
}

function byName<T extends { rule: string; file: string }>(cases: readonly T[]): T[] {
  return [...cases].sort((a, b) => `${a.rule}${a.file}`.localeCompare(`${b.rule}${b.file}`));
}
