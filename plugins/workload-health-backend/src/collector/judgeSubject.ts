import {
  type Graph,
  idOf,
  isHook,
  isObjectOf,
  isWorkload,
  type KubeObject,
  type ObjectId,
  refOfId,
  type Service,
  type Workload,
} from '@waymark/kube-graph';
import { describe, describeService, judge } from '@waymark/health';
import { evaluate, liveRules } from '@waymark/readiness';
import { ownedAs } from '../entities/ownedAs';
import { configurationOf } from './configurationOf';
import { readinessOf } from './SubjectReadiness';
import type { Judgement } from './SubjectRecord';

export interface JudgeSubjectOptions {
  readonly cluster: string;
  readonly now: Date;
  /** Parameters by rule id, over each rule's defaults. */
  readonly ruleParams?: Readonly<Record<string, object>>;
}

/**
 * Judges one object that a change touched: a workload, with everything that serves, scales and guards it, or such an
 * object for itself when it belongs to no workload: a Service then has a status of its own, for whoever calls it is told
 * nothing else. Undefined when there is nothing to keep: it is gone, belongs to another, or is beyond reproach.
 */
export function judgeSubject(
  graph: Graph,
  subject: ObjectId,
  { cluster, now, ruleParams }: JudgeSubjectOptions,
): Judgement | undefined {
  const object = graph.find(refOfId(subject));
  if (!object || isHook(object)) return undefined;
  const judged = (objects: readonly KubeObject[]) => ({
    subject,
    owned: ownedAs(object, cluster),
    readiness: readinessOf(
      evaluate(graph, {
        rules: liveRules,
        now,
        params: ruleParams,
        subjects: new Set(objects.map(idOf)),
      }),
    ),
  });
  if (isWorkload(object)) {
    if (graph.workloadOf(object) !== object) return undefined;
    const health = {
      verdict: judge(object, graph, now),
      facts: describe(object, graph, now),
      configuration: configurationOf(object, graph),
    };
    return { ...judged([object, ...keepersOf(object, graph)]), health };
  }
  if (servesAny(object, graph)) return undefined;
  const health = isObjectOf('Service', object) ? serviceHealth(object, graph, now) : undefined;
  const judgement = { ...judged([object]), ...(health && { health }) };
  const findings = judgement.readiness.open.some(result => result.findings.length);
  return health || findings ? judgement : undefined;
}

/** A Service that leads out of the cluster, or to endpoints that somebody keeps by hand, is not the entity's to worry about. */
function serviceHealth(service: Service, graph: Graph, now: Date): Judgement['health'] {
  const verdict = judge(service, graph, now);
  if (verdict.status === 'healthy') return undefined;
  return { verdict, facts: describeService(service, graph) };
}

const keepersOf = (workload: Workload, graph: Graph): readonly KubeObject[] => [
  ...graph.servicesOf(workload),
  ...graph.scalersOf(workload),
  ...graph.disruptionBudgetsOf(workload),
];

function servesAny(object: KubeObject, graph: Graph): boolean {
  if (isObjectOf('Service', object)) return graph.workloadsOf(object).length > 0;
  if (isObjectOf('HorizontalPodAutoscaler', object) || isObjectOf('ScaledObject', object))
    return graph.scaleTargetOf(object) !== undefined;
  if (!isObjectOf('PodDisruptionBudget', object)) return false;
  const { metadata, spec } = object;
  return (
    spec?.selector !== undefined &&
    graph.workloadsMatching(metadata.namespace ?? '', spec.selector).length > 0
  );
}
