import type {
  HorizontalPodAutoscaler,
  Pod,
  PodDisruptionBudget,
  Reads,
  Service,
  Workload,
} from '@waymark/kube-graph';
import type { Detected } from '../causes/Detector';
import type { Clock } from '../verdict/Clock';
import type { ConsultedGraph } from '../verdict/ConsultedGraph';
import type { Standing } from '../verdict/Standing';
import type { Status } from '../verdict/Verdict';

/** What can be judged: everything that runs pods, and what stands for itself beside it. */
export type Subject = Workload | HorizontalPodAutoscaler | PodDisruptionBudget | Service;

export interface KindInput<S extends Subject = Subject> {
  readonly subject: S;
  readonly graph: ConsultedGraph;
  readonly clock: Clock;
  /** Live pods of a workload; of any other subject none. */
  readonly pods: readonly Pod[];
  /** The status of a related workload, for a subject whose own depends on it. */
  readonly statusOf: (workload: Workload) => Status;
}

/** How the objects of one kind stand by their own word. One file a kind. */
export interface KindJudge<S extends Subject = Subject> {
  readonly reads: Reads;
  readonly standing: (input: KindInput<S>) => Standing;
  /** Causes of subjects that are no workloads; workloads have the detectors. */
  readonly faults?: (input: KindInput<S>) => Iterable<Detected>;
}
