import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  apiResources,
  buildGraph,
  createTrim,
  graphReads,
  idOf,
  kindOf,
  mergeReads,
  type Coverage,
  type Kind,
  type KubeObject,
} from '@waymark/kube-graph';
import { loadAll } from 'js-yaml';
import { evaluate, type PatchOperation, type RuleResult, type RuleVerdict } from '../engine';
import { readinessReads } from '../readinessReads';
import { renderFinding } from '../render';
import { liveRules, rules } from '.';

interface Expectation {
  expect: RuleVerdict;
  subject?: string;
  code?: string;
  /** Exactly these findings, in this order. */
  codes?: string[];
  severity?: string;
  args?: Record<string, string | number>;
  path?: string;
  coverage?: Partial<Record<Kind, State>>;
  namespace?: string;
  /** Over the rule's defaults. */
  params?: object;
  /** What is expected of the objects as a live store keeps them, where that is less than the manifests tell. */
  live?: 'unknown';
}

type State = Coverage['state'];

interface Case {
  id: string;
  file: string;
  expectation: Expectation;
  objects: KubeObject[];
}

const COVERAGE: Record<State, Coverage> = {
  complete: { state: 'complete' },
  open: { state: 'open' },
  missing: { state: 'missing', reason: 'forbidden', message: 'forbidden: cannot list' },
};

const WATCHED: ReadonlySet<string> = new Set(Object.keys(mergeReads(graphReads, readinessReads)));

const cases: Case[] = rules.flatMap(({ id }) => {
  const folder = join(__dirname, id, 'cases');
  return readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .map(file => {
      const [expectation, ...objects] = loadAll(readFileSync(join(folder, file), 'utf8'));
      return {
        id,
        file,
        expectation: expectation as Expectation,
        objects: objects as KubeObject[],
      };
    });
});

function judge(
  { expectation, id }: Case,
  objects: readonly KubeObject[],
  {
    by = rules.filter(rule => rule.id === id),
    coverage,
  }: { by?: typeof rules; coverage?: (kind: Kind) => State | undefined } = {},
): RuleResult[] {
  const stateOf = (kind: Kind) => coverage?.(kind) ?? expectation.coverage?.[kind] ?? 'complete';
  const graph = buildGraph(objects, {
    namespace: expectation.namespace,
    coverage: kind => COVERAGE[stateOf(kind)],
  });
  const options = { now: new Date('2026-11-21'), params: { [id]: expectation.params ?? {} } };
  return [...evaluate(graph, { rules: by, ...options }).results];
}

const isSubject =
  ({ subject }: Expectation) =>
  ({ subject: ref }: RuleResult) =>
    !subject || (ref && `${ref.kind}/${ref.namespace ?? ''}/${ref.name}` === subject);

describe.each(rules.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
  const own = cases.filter(candidate => candidate.id === id);

  it.each(own.map(candidate => [candidate.file, candidate] as const))('%s', (_, candidate) => {
    const { expectation, objects } = candidate;
    const judged = judge(candidate, objects).filter(isSubject(expectation));
    expect(judged.map(({ verdict }) => verdict)).toEqual([expectation.expect]);
    if (expectation.expect !== 'fail') return;
    const { code, codes, args = {}, path, severity } = expectation;
    const { findings } = judged[0];
    const found = findings.map(finding => finding.code);
    expect(found).toEqual(codes ?? found);
    const finding = findings.find(({ code: one }) => one === (code ?? codes?.[0]));
    expect(finding).toMatchObject({
      args,
      ...(path !== undefined && { path }),
      ...(severity && { severity }),
    });
    expect(renderFinding(finding!, rule)).not.toMatch(/\{\{|undefined/);
  });

  it('has failing, passing and unknown cases', () => {
    const expected = own.map(({ expectation }) => expectation.expect);
    expect(expected).toEqual(expect.arrayContaining(['fail', 'pass', 'unknown']));
  });

  it('has a case for every message', () => {
    const said = own.flatMap(candidate =>
      judge(candidate, candidate.objects).flatMap(({ findings }) =>
        findings.map(({ code }) => code),
      ),
    );
    expect([...new Set(said)].sort()).toEqual(Object.keys(rule.messages).sort());
  });

  it('needs of live objects only what it declares', () => {
    const live = liveRules.includes(rule)
      ? own.filter(({ objects }) => !objects.some(isUntyped))
      : [];
    expect(live.flatMap(changedByTrimming)).toEqual([]);
  });

  it('judges the same in any order', () => {
    const reordered = own.map(one =>
      verdicts(judge(one, [...one.objects].reverse(), { by: rules })),
    );
    expect(reordered).toEqual(own.map(one => verdicts(judge(one, one.objects, { by: rules }))));
  });

  it('turns to unknown or stays when a kind cannot be read', () => {
    expect(own.flatMap(changedByWithholding)).toEqual([]);
  });

  it('turns to unknown or stays in an open bundle that lacks an object', () => {
    const bundles = own.filter(
      ({ objects }) => !objects.some(one => isUntyped(one) || isLive(one)),
    );
    expect(bundles.flatMap(changedByLosing)).toEqual([]);
  });

  it('offers fixes that clear their finding and add none', () => {
    expect(own.flatMap(leftByFixes)).toEqual([]);
  });

  it('names each defect once, and no secret', () => {
    for (const one of own) {
      const findings = judge(one, one.objects, { by: rules }).flatMap(result => result.findings);
      const names = findings.map(({ fingerprint }) => fingerprint);
      expect(names).toEqual([...new Set(names)]);
      const text = JSON.stringify(findings);
      for (const secret of secretsIn(one.objects)) expect(text).not.toContain(secret);
    }
  });
});

/** What a case says of its subject when only the fields are left that its own rule reads: what others declare must not hide what it forgot. */
function changedByTrimming(one: Case) {
  const { live, expect: verdict } = one.expectation;
  const trim = createTrim(mergeReads(graphReads, readsOf(one)));
  const kept = one.objects.filter(object => WATCHED.has(kindOf(object)!)).map(trim);
  const judged = judge(one, kept, {
    coverage: kind => (WATCHED.has(kind) ? undefined : 'missing'),
  });
  const known = judge(one, one.objects).flatMap(({ findings }) => findings);
  return judged.filter(isSubject(one.expectation)).flatMap(result => {
    const unread = result.gaps.some(({ kind }) => !WATCHED.has(kind));
    const expected = unread ? 'unknown' : (live ?? verdict);
    const same = result.findings.every(finding =>
      known.some(full => isDeepStrictEqual(full, finding)),
    );
    return result.verdict === expected && same ? [] : [{ file: one.file, result }];
  });
}

/** Every kind that the case holds or its rule reads is taken away, as if the role lacked it. */
function changedByWithholding(one: Case) {
  const known = judge(one, one.objects, { by: rules });
  const held = one.objects.map(kindOf);
  const kinds = (Object.keys(apiResources) as Kind[]).filter(
    kind => held.includes(kind) || kind in readsOf(one),
  );
  return kinds.flatMap(withheld => {
    const rest = one.objects.filter(object => kindOf(object) !== withheld);
    const coverage = (kind: Kind) => (kind === withheld ? 'missing' : undefined);
    const less = judge(one, rest, { by: rules, coverage });
    return [...otherVerdicts(known, less), ...silenced(known, less)].map(key => ({
      file: one.file,
      withheld,
      key,
    }));
  });
}

/** Every object is left out once, as if it lay in another folder. */
function changedByLosing(one: Case) {
  const known = judge(one, one.objects, { by: rules });
  const coverage = (kind: Kind) =>
    one.expectation.coverage?.[kind] === 'missing' ? 'missing' : 'open';
  return [undefined, ...one.objects].flatMap(lost => {
    const rest = one.objects.filter(object => object !== lost);
    const less = judge(one, rest, { by: rules, coverage });
    return otherVerdicts(known, less).map(key => ({
      file: one.file,
      lost: lost && idOf(lost),
      key,
    }));
  });
}

function leftByFixes(one: Case) {
  const before = judge(one, one.objects);
  return before
    .flatMap(({ findings }) => findings)
    .flatMap(({ subject, fix, fingerprint }) => {
      if (!fix) return [];
      const mended = one.objects.map(object =>
        object.kind === subject.kind && object.metadata.name === subject.name
          ? patched(object, fix)
          : object,
      );
      const allowed = fingerprints(before).filter(name => name !== fingerprint);
      const left = fingerprints(judge(one, mended)).filter(name => !allowed.includes(name));
      return left.map(name => ({ file: one.file, left: name }));
    });
}

/** What is said of each subject, in an order of its own. */
const verdicts = (results: readonly RuleResult[]) =>
  new Map(
    results.map(({ rule, subject, verdict, findings }) => [
      `${rule} ${subject ? idOf(subject) : ''}`,
      { verdict, findings: findings.map(({ fingerprint }) => fingerprint).sort() },
    ]),
  );

/** Subjects of which nothing is said any more, not even that their kind could not be read. */
function silenced(known: readonly RuleResult[], less: readonly RuleResult[]): string[] {
  const after = verdicts(less);
  return [...verdicts(known).keys()].filter(
    key => !after.has(key) && after.get(`${key.split(' ')[0]} `)?.verdict !== 'unknown',
  );
}

/** Who knows less may say unknown, but never something else, and nothing new. */
function otherVerdicts(known: readonly RuleResult[], less: readonly RuleResult[]): string[] {
  const before = verdicts(known);
  return [...verdicts(less)]
    .filter(([key, { verdict }]) => verdict !== 'unknown' && verdict !== before.get(key)?.verdict)
    .map(([key]) => key);
}

const readsOf = ({ id }: Case) => rules.find(rule => rule.id === id)!.reads;

const fingerprints = (results: readonly RuleResult[]) =>
  results.flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint));

/** Coverage says nothing of kinds that Waymark does not type. */
const isUntyped = (object: KubeObject) => kindOf(object) === undefined;

/** What controllers made is never in a bundle of manifests. */
const isLive = ({ metadata }: KubeObject) => metadata.ownerReferences !== undefined;

/** RFC 6902 as far as fixes use it: a place whose parent is not there is an error. */
function patched(object: KubeObject, fix: readonly PatchOperation[]): KubeObject {
  const copy = structuredClone(object);
  for (const { op, path, value } of fix) {
    const segments = path.split('/').slice(1).map(unescaped);
    const last = segments.pop()!;
    const parent = segments.reduce<Record<string, unknown>>(
      (at, segment) => at[segment] as Record<string, unknown>,
      copy as unknown as Record<string, unknown>,
    );
    if (op !== 'add' && !(last in parent)) throw new Error(`nothing at ${path}`);
    if (Array.isArray(parent) && op === 'add') {
      parent.splice(last === '-' ? parent.length : Number(last), 0, value);
    } else if (op === 'remove') delete parent[last];
    else parent[last] = value;
  }
  return copy;
}

const unescaped = (segment: string) => segment.replace(/~1/g, '/').replace(/~0/g, '~');

/** Values of Secrets, and the password that cases put where one does not belong. */
const secretsIn = (objects: readonly KubeObject[]): string[] => [
  'hunter2',
  ...objects.flatMap(object => {
    const {
      kind,
      data = {},
      stringData = {},
    } = object as KubeObject & {
      data?: Record<string, string>;
      stringData?: Record<string, string>;
    };
    return kind === 'Secret'
      ? [...Object.values(data), ...Object.values(stringData)].filter(value => value?.length > 3)
      : [];
  }),
];
