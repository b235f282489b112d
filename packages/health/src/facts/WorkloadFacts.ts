import type { ObjectRef } from '@waymark/kube-graph';
import type { Status } from '../verdict/Verdict';

/** What a workload's page shows besides the verdict: flat in the number of pods, for equal pods are one group. */
export interface WorkloadFacts {
  readonly workload: ObjectRef;
  readonly replicas: {
    readonly desired: number;
    readonly ready: number;
    readonly updated: number;
    readonly total: number;
  };
  readonly images: readonly { readonly container: string; readonly image: string }[];
  /** The Deployment's revision or the StatefulSet's update revision. */
  readonly revision?: string;
  /** Container restarts of the last hour, as far as the containers' last states tell. */
  readonly recentRestarts: number;
  readonly pods: readonly PodGroup[];
  readonly scaler?: ScalerFacts;
  readonly disruptionBudgets: readonly DisruptionBudgetFacts[];
  readonly services: readonly ServiceFacts[];
}

/** Pods in the same state: "13 image pull failing", never 13 rows. */
export interface PodGroup {
  readonly status: Status;
  /** `Running`, or the reason that keeps the pods from it. */
  readonly state: string;
  readonly count: number;
  /** Newest first, at most five. */
  readonly examples: readonly {
    readonly name: string;
    readonly node?: string;
    readonly zone?: string;
    readonly restarts: number;
    readonly startedAt?: string;
  }[];
}

export interface ScalerFacts {
  readonly scaler: ObjectRef;
  readonly current: number;
  readonly desired: number;
  readonly min: number;
  readonly max: number;
  /** One line a metric: current value and target as the API prints them. Current is absent while nothing was measured. */
  readonly metrics: readonly {
    readonly name: string;
    readonly current?: string;
    readonly target: string;
  }[];
}

export interface DisruptionBudgetFacts {
  readonly budget: ObjectRef;
  /** Absent, as the other two, while the disruption controller has not written the budget's status. */
  readonly disruptionsAllowed?: number;
  readonly healthy?: number;
  readonly desiredHealthy?: number;
}

export interface ServiceFacts {
  readonly service: ObjectRef;
  /** Absent, as the total, where endpoint slices could not be read. */
  readonly readyEndpoints?: number;
  readonly totalEndpoints?: number;
}
