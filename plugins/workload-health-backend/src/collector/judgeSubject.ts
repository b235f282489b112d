import {
  type Graph,
  idOf,
  isHook,
  isObjectOf,
  isWorkload,
  type KubeObject,
  type ObjectId,
  refOfId,
  type Workload,
} from '@waymark/kube-graph';
import { describe, judge } from '@waymark/health';
import { evaluate, liveRules } from '@waymark/readiness';
import { ownedAs } from '../entities/ownedAs';
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
 * object for itself when it belongs to no workload. Undefined when there is nothing to keep: it is gone, belongs to
 * another, or is beyond reproach.
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
    const health = { verdict: judge(object, graph, now), facts: describe(object, graph, now) };
    return { ...judged([object, ...keepersOf(object, graph)]), health };
  }
  if (servesAny(object, graph)) return undefined;
  const judgement = judged([object]);
  return judgement.readiness.open.some(({ findings }) => findings.length) ? judgement : undefined;
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
