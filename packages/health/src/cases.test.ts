import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  buildGraph,
  createTrim,
  graphReads,
  idOf,
  type Kind,
  type KubeObject,
  mergeReads,
} from '@waymark/kube-graph';
import { JSON_SCHEMA, loadAll } from 'js-yaml';
import {
  causeMessages,
  causeRemedies,
  type Condition,
  describe as describeFacts,
  detectors,
  healthReads,
  judge,
  lastResort,
  renderCause,
  renderRemedy,
  type Status,
  type Subject,
  type Verdict,
} from '.';
import { EVIDENCE_LENGTH } from './causes/evidence';

interface Expectation {
  expect: Status;
  subject: string;
  now: string;
  cause?: string;
  sentence?: string;
  symptoms?: string[];
  gaps?: Kind[];
  coverage?: Partial<Record<Kind, 'missing' | 'open'>>;
}

interface Case extends Expectation {
  name: string;
  objects: KubeObject[];
}

/** What cluster-watch never asks for. */
const UNWATCHED: readonly Kind[] = [
  'ExternalSecret',
  'Namespace',
  'PersistentVolumeClaim',
  'ScaledObject',
  'Secret',
  'SecretProviderClass',
  'VerticalPodAutoscaler',
];

const cases: readonly Case[] = readdirSync(__dirname, { recursive: true, encoding: 'utf8' })
  .filter(file => /\bcases\/.*\.yaml$/.test(file))
  .sort()
  .map(file => {
    const text = readFileSync(join(__dirname, file), 'utf8');
    const [head, ...objects] = loadAll(text, undefined, { schema: JSON_SCHEMA });
    const name = relative('causes', file)
      .replace(/\/cases\//, ' ')
      .replace('.yaml', '');
    return { name, ...(head as Expectation), objects: objects as KubeObject[] };
  });

const keyOf = ({ kind, metadata }: KubeObject) =>
  `${kind}/${metadata.namespace ?? ''}/${metadata.name}`;

function graphOf({ objects, coverage = {} }: Case) {
  return buildGraph(objects, {
    coverage: kind => {
      if (coverage[kind] === 'open') return { state: 'open' };
      if (coverage[kind] === 'missing' || UNWATCHED.includes(kind))
        return { state: 'missing', reason: 'forbidden', message: `cannot list ${kind}` };
      return { state: 'complete' };
    },
  });
}

function verdictOf(given: Case, now = given.now): Verdict {
  const graph = graphOf(given);
  const subject = given.objects.find(object => keyOf(object) === given.subject);
  if (!subject) throw new Error(`${given.name}: no object ${given.subject}`);
  return judge(graph.find(refIn(subject)) as Subject, graph, new Date(now));
}

const refIn = ({ apiVersion, kind, metadata }: KubeObject) => ({
  group: apiVersion.includes('/') ? apiVersion.split('/')[0] : '',
  kind,
  namespace: metadata.namespace,
  name: metadata.name,
});

const summary = ({ status, cause, symptoms }: Verdict) => ({
  status,
  cause: cause?.code,
  symptoms: symptoms.map(({ code }) => code),
});

const conditionOf = (code: string): Condition | undefined =>
  [...detectors, lastResort].find(({ conditions }) => code in conditions)?.conditions[code];

const isAlarm = (status: Status) => status === 'degraded' || status === 'down';

describe.each(cases.map(given => [given.name, given] as const))('%s', (_, given) => {
  const verdict = verdictOf(given);

  it('is recognised', () => {
    const { status, cause, symptoms } = summary(verdict);
    const gaps = verdict.gaps.map(({ kind }) => kind);
    const sentence = verdict.cause && renderCause(verdict.cause);
    expect({ status, cause, gaps, symptoms, sentence }).toEqual({
      status: given.expect,
      cause: given.cause,
      gaps: given.gaps ?? [],
      symptoms: given.symptoms ?? symptoms,
      sentence: given.sentence ?? sentence,
    });
  });

  it('says nothing that no field says', () => {
    const objects = new Map(given.objects.map(object => [idOf(object), object]));
    for (const cause of [...(verdict.cause ? [verdict.cause] : []), ...verdict.symptoms]) {
      expect(cause.evidence.length).toBeGreaterThan(0);
      for (const { object, path, value } of cause.evidence) {
        const found = `${valueAt(objects.get(idOf(object)), path)}`;
        expect(found.startsWith(`${value}`.replace(/…$/, ''))).toBe(true);
        expect(`${value}`.length).toBeLessThanOrEqual(EVIDENCE_LENGTH);
      }
      for (const text of [renderCause(cause), renderRemedy(cause)])
        expect(text).not.toMatch(/\{\{|undefined|^$/);
    }
  });

  it('is the same from the trimmed objects of the live store', () => {
    const trim = createTrim(mergeReads(graphReads, healthReads));
    const trimmed = { ...given, objects: given.objects.map(object => trim(object)) };
    expect(verdictOf(trimmed)).toEqual(verdict);
    const facts = ({ objects }: Case) =>
      graphOf({ ...given, objects })
        .workloads()
        .map(workload =>
          describeFacts(workload, graphOf({ ...given, objects }), new Date(given.now)),
        );
    expect(facts(trimmed)).toEqual(facts(given));
  });

  it('only becomes less certain when a kind is withheld', () => {
    for (const kind of new Set(given.objects.map(object => object.kind as Kind))) {
      const objects = given.objects.filter(
        object => object.kind !== kind || keyOf(object) === given.subject,
      );
      const coverage = { ...given.coverage, [kind]: 'missing' as const };
      const withheld = verdictOf({ ...given, objects, coverage });
      expect([kind, withheld.status]).toEqual([
        kind,
        expect.stringMatching(`^(${verdict.status}|unknown)$`),
      ]);
      const allowed = [
        undefined,
        verdict.cause?.code,
        ...verdict.symptoms.map(({ code }) => code),
        ...(LESS_CERTAIN[verdict.cause?.code ?? ''] ?? []),
      ];
      expect([kind, allowed]).toEqual([kind, expect.arrayContaining([withheld.cause?.code])]);
    }
  });

  it('stays as it is until the time that it names', () => {
    const end = verdict.recheckAt ? Date.parse(verdict.recheckAt) : undefined;
    const before = end === undefined ? Date.parse(given.now) + 30 * 86_400_000 : end - 1;
    expect(summary(verdictOf(given, new Date(before).toISOString()))).toEqual(summary(verdict));
  });
});

/** The first object to show a cause may not be the one that the cause is told of. */
const SHOWN_EARLIER = ['autoscaler two-scalers'];

describe('the durations on the pages of the causes', () => {
  const timed = cases
    .filter(({ name }) => !SHOWN_EARLIER.includes(name))
    .flatMap(given => {
      const { cause } = verdictOf(given);
      const condition = cause && conditionOf(cause.code);
      return cause?.at && condition && !condition.exception
        ? [[given.name, given, cause.code, Date.parse(cause.at), condition] as const]
        : [];
    });

  it.each(timed)('hold in %s', (_, given, code, start, { saidAfter = 0, alarmAfter }) => {
    const after = (seconds: number) => {
      const verdict = verdictOf(given, new Date(start + seconds * 1000).toISOString());
      const codes = [verdict.cause, ...verdict.symptoms].map(cause => cause?.code);
      return { said: codes.includes(code), alarm: isAlarm(verdict.status), first: codes[0] };
    };
    const alarmAt = alarmAfter ?? saidAfter;
    expect(after(saidAfter).said).toBe(true);
    expect(after(saidAfter - 1).said && saidAfter > 0).toBe(false);
    expect(after(alarmAt).alarm).toBe(true);
    const before = after(alarmAt - 1);
    expect(alarmAfter !== undefined && before.first === code && before.alarm).toBe(false);
  });

  it('are tried in enough cases to mean something', () => {
    const codes = new Set(timed.map(([, , code]) => code));
    expect(codes.size).toBeGreaterThan(40);
  });
});

/** Besides its own symptoms: what was seen, when the object that says who did it is withheld. Both are true. */
const LESS_CERTAIN: Readonly<Record<string, readonly string[]>> = {
  'crash-liveness': ['crash-killed', 'crash-terminated', 'crash-returned'],
  'crash-startup': ['crash-terminated'],
  'image-access-denied': ['image-pull-failed'],
  'node-lost': ['pods-stuck-terminating', 'unschedulable'],
  'oom-node': ['oom-limit'],
  'unschedulable-cordoned': ['unschedulable'],
  'unschedulable-selector': ['unschedulable'],
  'unschedulable-taint': ['unschedulable'],
};

describe('the catalogue of causes', () => {
  it('has a sentence, a remedy and a case for each code', () => {
    const codes = [...detectors, lastResort].flatMap(({ messages }) => Object.keys(messages));
    expect(new Set(codes).size).toBe(codes.length);
    expect(Object.keys(causeRemedies).sort()).toEqual([...codes].sort());
    expect(codes.filter(code => !causeMessages[code])).toEqual([]);
    expect(codes.filter(code => !conditionOf(code))).toEqual([]);
    const seen = new Set(cases.map(({ cause }) => cause));
    expect(codes.filter(code => !seen.has(code))).toEqual([]);
  });
});

afterAll(() => {
  const judged = cases.map(given => ({ given, verdict: verdictOf(given) }));
  const faults = judged.filter(({ given }) => isAlarm(given.expect));
  const calm = judged.filter(
    ({ given }) => !isAlarm(given.expect) && given.expect !== 'unknown' && !given.cause,
  );
  const found = faults.filter(({ verdict }) => isAlarm(verdict.status)).length;
  const right = faults.filter(({ given, verdict }) => given.cause === verdict.cause?.code).length;
  const alarms = calm.filter(({ verdict }) => isAlarm(verdict.status) || verdict.cause).length;
  process.stdout.write(
    `health: ${cases.length} cases; ${found} of ${faults.length} faults found, right cause ${right}, ` +
      `${alarms} false alarms in ${calm.length} without fault\n`,
  );
});

function valueAt(object: unknown, path: string): unknown {
  return path
    .slice(1)
    .split('/')
    .map(segment => segment.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce((value, segment) => (value as Record<string, unknown> | undefined)?.[segment], object);
}
