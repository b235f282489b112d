import {
  type Graph,
  isHook,
  isObjectOf,
  isWorkload,
  type Kind,
  type KubeObject,
  MalformedObjectError,
  type ObjectId,
  type ObjectRef,
  refOf,
  refOfId,
} from '@waymark/kube-graph';
import { exemptionOf } from './exemptionOf';
import { fingerprintOf } from './fingerprintOf';
import type { Finding, Report, RuleResult } from './Report';
import type { Failure, Gap, Outcome, Rule } from './Rule';
import { summarise } from './summarise';

export interface EvaluateOptions {
  readonly rules: readonly Rule[];
  /** Against which exemptions expire. */
  readonly now: Date;
  /** Parameters by rule id, over each rule's defaults. */
  readonly params?: Readonly<Record<string, object>>;
  /** Judges these objects only, in the light of the whole graph. */
  readonly subjects?: ReadonlySet<ObjectId>;
}

/** Judges every object of the graph by every rule of its kind. Throws MalformedObjectError. */
export function evaluate(graph: Graph, options: EvaluateOptions): Report {
  const { rules, params = {}, now } = options;
  const subjectsOf = subjectsByKind(graph, options);
  const results: RuleResult[] = [];
  for (const rule of rules) {
    const context = { graph, now, params: { ...rule.params, ...params[rule.id] } };
    for (const kind of rule.kinds) {
      const coverage = graph.coverage(kind);
      if (coverage.state === 'missing') results.push(unreadable(rule, { kind, coverage }));
      for (const subject of subjectsOf(kind)) results.push(judge(rule, subject, context));
    }
  }
  return summarise(results);
}

interface Subject {
  readonly object: KubeObject;
  readonly ref: ObjectRef;
}

/** Each kind is looked through once for all rules, and not at all where the subjects are given. */
function subjectsByKind(graph: Graph, { subjects }: EvaluateOptions) {
  const known = new Map<Kind, readonly Subject[]>();
  const given = subjects && [...subjects].flatMap(id => graph.find(refOfId(id)) ?? []);
  const find = (kind: Kind): Subject[] =>
    (given?.filter(object => isObjectOf(kind, object)) ?? graph.all(kind))
      .filter(object => isJudged(object, graph))
      .map(object => ({ object, ref: refOf(object) }));
  return (kind: Kind): readonly Subject[] => {
    const found = known.get(kind) ?? find(kind);
    known.set(kind, found);
    return found;
  };
}

/** A child is judged through its workload, a hook not at all. */
const isJudged = (object: KubeObject, graph: Graph) =>
  !isHook(object) && (!isWorkload(object) || graph.workloadOf(object) === object);

/** A kind that could not be read leaves its rules undecided instead of silently passed. */
const unreadable = ({ id, level, severity }: Rule, gap: Gap): RuleResult => ({
  rule: id,
  level,
  severity,
  verdict: 'unknown',
  findings: [],
  gaps: [gap],
});

interface Context {
  readonly graph: Graph;
  readonly now: Date;
  readonly params: object;
}

function judge(rule: Rule, subject: Subject, context: Context): RuleResult {
  const { id, level, severity } = rule;
  const { verdict, findings, gaps } = decide(rule, subject, context);
  const result = { rule: id, level, severity, subject: subject.ref, verdict, findings, gaps };
  const exemption = exemptionOf(id, subject.object, context.now);
  return exemption ? { ...result, exemption } : result;
}

type Decision = Pick<RuleResult, 'verdict' | 'findings' | 'gaps'>;

const PASSED: Decision = { verdict: 'pass', findings: [], gaps: [] };
const NOT_APPLICABLE: Decision = { ...PASSED, verdict: 'not-applicable' };

/** A rule trips over a field of another type than the API has: the object, not the rule, is then what has to be mended. */
function decide(rule: Rule, subject: Subject, { graph, params }: Context): Decision {
  const { object, ref } = subject;
  let decision = PASSED;
  try {
    for (const outcome of rule.check({ subject: object as never, graph, params }))
      decision = withOutcome(decision, outcome, rule, subject);
  } catch (cause) {
    throw new MalformedObjectError(ref, cause);
  }
  return decision;
}

/** A failure outweighs what is not known, and that outweighs what does not apply. */
function withOutcome(before: Decision, outcome: Outcome, rule: Rule, subject: Subject): Decision {
  const { verdict, findings, gaps } = before;
  switch (outcome.verdict) {
    case 'fail':
      return { verdict: 'fail', findings: [...findings, findingOf(outcome, rule, subject)], gaps };
    case 'unknown':
      return {
        verdict: verdict === 'fail' ? verdict : 'unknown',
        findings,
        gaps: [...gaps, outcome.gap],
      };
    default:
      return verdict === 'pass' ? NOT_APPLICABLE : before;
  }
}

const findingOf = (
  { verdict: _, ...failure }: Failure,
  { id, level, severity }: Rule,
  { object, ref }: Subject,
): Finding => ({
  ...failure,
  rule: id,
  level,
  severity: failure.severity ?? severity,
  subject: ref,
  fingerprint: fingerprintOf(id, failure, object),
});
