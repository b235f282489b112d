import type { Condition, IntOrString, KubeObject, LabelSelector } from './metadata';

export interface ScaleTargetRef {
  apiVersion?: string;
  kind: string;
  name: string;
}

export interface HorizontalPodAutoscaler extends KubeObject {
  kind: 'HorizontalPodAutoscaler';
  spec: {
    scaleTargetRef: ScaleTargetRef;
    minReplicas?: number;
    maxReplicas: number;
    metrics?: MetricSpec[];
    behavior?: unknown;
  };
  status?: {
    currentReplicas?: number;
    desiredReplicas?: number;
    lastScaleTime?: string;
    currentMetrics?: MetricStatus[] | null;
    conditions?: Condition[];
  };
}

export interface MetricTarget {
  type: 'Utilization' | 'Value' | 'AverageValue';
  averageUtilization?: number;
  averageValue?: string;
  value?: string;
}

export interface MetricSpec {
  type: 'Resource' | 'ContainerResource' | 'Pods' | 'Object' | 'External';
  resource?: { name: string; target: MetricTarget };
  containerResource?: { name: string; container: string; target: MetricTarget };
  pods?: { metric: { name: string; selector?: LabelSelector }; target: MetricTarget };
  object?: { metric: { name: string }; describedObject: ScaleTargetRef; target: MetricTarget };
  external?: { metric: { name: string; selector?: LabelSelector }; target: MetricTarget };
}

/** `type` is the empty string while nothing has been measured. */
export interface MetricStatus {
  type: MetricSpec['type'] | '';
  resource?: { name: string; current: { averageUtilization?: number; averageValue?: string } };
  containerResource?: {
    name: string;
    container: string;
    current: { averageUtilization?: number; averageValue?: string };
  };
  pods?: { metric: { name: string }; current: { averageValue?: string } };
  object?: { metric: { name: string }; current: { value?: string; averageValue?: string } };
  external?: { metric: { name: string }; current: { value?: string; averageValue?: string } };
}

export interface VerticalPodAutoscaler extends KubeObject {
  kind: 'VerticalPodAutoscaler';
  spec: {
    targetRef: ScaleTargetRef;
    updatePolicy?: { updateMode?: string };
    resourcePolicy?: {
      containerPolicies?: {
        containerName?: string;
        mode?: 'Auto' | 'Off';
        controlledResources?: string[];
      }[];
    };
  };
}

/** KEDA's scaler, `keda.sh/v1alpha1`. */
export interface ScaledObject extends KubeObject {
  kind: 'ScaledObject';
  spec: {
    scaleTargetRef: { apiVersion?: string; kind?: string; name: string };
    minReplicaCount?: number;
    maxReplicaCount?: number;
    triggers?: { type: string; metricType?: string; metadata?: Record<string, string> }[];
    fallback?: unknown;
  };
  status?: { conditions?: Condition[] };
}

export interface PodDisruptionBudget extends KubeObject {
  kind: 'PodDisruptionBudget';
  spec: {
    minAvailable?: IntOrString;
    maxUnavailable?: IntOrString;
    /** In policy/v1 an empty selector selects every pod of the namespace, an absent one selects none. */
    selector?: LabelSelector;
    unhealthyPodEvictionPolicy?: 'IfHealthyBudget' | 'AlwaysAllow';
  };
  status?: {
    observedGeneration?: number;
    currentHealthy?: number;
    desiredHealthy?: number;
    disruptionsAllowed?: number;
    expectedPods?: number;
    conditions?: Condition[];
  };
}
