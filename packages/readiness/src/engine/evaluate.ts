import {
  type Graph,
  isHook,
  isObjectOf,
  isWorkload,
  type Kind,
  type KubeObject,
  MalformedObjectError,
  type ObjectId,
  refOf,
  refOfId,
} from '@waymark/kube-graph';
import { exemptionOf } from './exemptionOf';
import { fingerprintOf } from './fingerprintOf';
import type { Report, RuleResult } from './Report';
import type { Failure, Gap, Rule, RuleVerdict } from './Rule';
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
  const { rules, params = {} } = options;
  const subjectsOf = subjectsByKind(graph, options);
  return summarise(
    rules.flatMap(rule => {
      const merged = { ...rule.params, ...params[rule.id] };
      return rule.kinds.flatMap(kind => [
        ...unreadable(rule, kind, graph),
        ...subjectsOf(kind).map(subject =>
          judge(
            rule,
            subject,
            rule.check({ subject: subject as never, graph, params: merged }),
            options.now,
          ),
        ),
      ]);
    }),
  );
}

/** Each kind is looked through once for all rules, and not at all where the subjects are given. */
function subjectsByKind(graph: Graph, { subjects }: EvaluateOptions) {
  const known = new Map<Kind, readonly KubeObject[]>();
  const given = subjects && [...subjects].flatMap(id => graph.find(refOfId(id)) ?? []);
  return (kind: Kind): readonly KubeObject[] => {
    const candidates =
      known.get(kind) ??
      (given?.filter(object => isObjectOf(kind, object)) ?? graph.all(kind)).filter(object =>
        isJudged(object, graph),
      );
    known.set(kind, candidates);
    return candidates;
  };
}

/** A child is judged through its workload, a hook not at all. */
const isJudged = (object: KubeObject, graph: Graph) =>
  !isHook(object) && (!isWorkload(object) || graph.workloadOf(object) === object);

/** A kind that could not be read leaves its rules undecided instead of silently passed. */
function unreadable(rule: Rule, kind: Kind, graph: Graph): RuleResult[] {
  const coverage = graph.coverage(kind);
  if (coverage.state !== 'missing') return [];
  return [{ ...head(rule), verdict: 'unknown', findings: [], gaps: [{ kind, coverage }] }];
}

function judge(
  rule: Rule,
  subject: KubeObject,
  outcomes: ReturnType<Rule['check']>,
  now: Date,
): RuleResult {
  const { failures, gaps, applicable } = collect(outcomes, subject);
  const ref = refOf(subject);
  const exemption = exemptionOf(rule.id, subject, now);
  return {
    ...head(rule),
    subject: ref,
    verdict: verdictOf(failures, gaps, applicable),
    findings: failures.map(({ verdict: _, ...failure }) => ({
      ...failure,
      rule: rule.id,
      level: rule.level,
      severity: failure.severity ?? rule.severity,
      subject: ref,
      fingerprint: fingerprintOf(rule.id, failure, subject),
    })),
    gaps,
    ...(exemption && { exemption }),
  };
}

/** A rule trips over a field of another type than the API has: the object, not the rule, is then what has to be mended. */
function collect(outcomes: ReturnType<Rule['check']>, subject: KubeObject) {
  const failures: Failure[] = [];
  const gaps: Gap[] = [];
  let applicable = true;
  try {
    for (const outcome of outcomes) {
      if (outcome.verdict === 'fail') failures.push(outcome);
      else if (outcome.verdict === 'unknown') gaps.push(outcome.gap);
      else applicable = false;
    }
  } catch (cause) {
    throw new MalformedObjectError(refOf(subject), cause);
  }
  return { failures, gaps, applicable };
}

function verdictOf(
  failures: readonly Failure[],
  gaps: readonly Gap[],
  applicable: boolean,
): RuleVerdict {
  if (failures.length) return 'fail';
  if (gaps.length) return 'unknown';
  return applicable ? 'pass' : 'not-applicable';
}

const head = ({ id, level, severity }: Rule) => ({ rule: id, level, severity });
