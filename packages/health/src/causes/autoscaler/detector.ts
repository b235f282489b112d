import { type Condition, defineDetector } from '../Detector';
import { AT_MAXIMUM_SECONDS, COMPUTE_SECONDS, scalerFaults, type ScalerCode } from './scalerFaults';

const unable = (condition: string): Condition => ({
  when: `condition AbleToScale or ScalingActive of the autoscaler is False and ${condition}, while a pod is ready`,
  saidAfter: COMPUTE_SECONDS,
});

export const autoscaler = defineDetector<ScalerCode>({
  id: 'autoscaler',
  title: 'The autoscaler cannot compute, or is at its maximum',
  why: 'A HorizontalPodAutoscaler compares a metric with its target and sets the number of replicas. Without a reading it keeps the number; at its maximum it cannot follow the load any more.',
  sources: [
    'https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/',
    'Argo CD health_hpa.go',
    'recorded on Kubernetes 1.36: never computed = desiredReplicas 0 and currentMetrics [{type: ""}]',
  ],
  messages: {
    'scaler-metric-missing':
      '{{workload}} does not scale: autoscaler "{{scaler}}" gets no metrics{{said}}',
    'scaler-request-missing':
      '{{workload}} does not scale: autoscaler "{{scaler}}" needs a {{resource}} request on every container',
    'scaler-target-missing':
      '{{workload}} does not scale: autoscaler "{{scaler}}" does not find what it should scale{{said}}',
    'scaler-conflict':
      '{{workload}} does not scale: autoscaler "{{scaler}}" is not the only one for its pods',
    'scaler-cannot-scale': '{{workload}} does not scale: autoscaler "{{scaler}}" fails{{said}}',
    'scaler-at-maximum':
      '{{workload}} is at its maximum of {{max}} pods, with {{metric}} at {{current}} of a target of {{target}}',
  },
  remedies: {
    'scaler-metric-missing':
      'Look at the API service that serves the metric: metrics-server for cpu and memory, an adapter for all others.',
    'scaler-request-missing': 'Set the request on every container, sidecars included.',
    'scaler-target-missing': 'Correct scaleTargetRef, or delete the autoscaler.',
    'scaler-conflict': 'Keep one autoscaler for each workload, with all metrics in it.',
    'scaler-cannot-scale': 'Read the condition in the evidence.',
    'scaler-at-maximum':
      'Raise maxReplicas if the nodes and what is behind the service can take it, or find out what makes each request cost so much.',
  },
  conditions: {
    'scaler-metric-missing': unable('has reason FailedGet…Metric or FailedComputeMetricsReplicas'),
    'scaler-request-missing': unable('says missing request for'),
    'scaler-target-missing': unable('has reason FailedGetScale'),
    'scaler-conflict': unable('has reason AmbiguousSelector'),
    'scaler-cannot-scale': unable('has reason InvalidSelector or FailedUpdateScale'),
    'scaler-at-maximum': {
      when: 'condition ScalingLimited of the autoscaler is True with reason TooManyReplicas, `status.currentReplicas` has reached `spec.maxReplicas`, and a metric has reached its target; not where minimum and maximum are equal',
      alarmAfter: AT_MAXIMUM_SECONDS,
    },
  },
  reads: {
    HorizontalPodAutoscaler: { fields: ['/spec', '/status'] },
  },
  *detect({ workload, graph, clock, standing }) {
    // Without a ready pod there is nothing to measure: that is somebody else's fault.
    if (standing.ready === 0) return;
    for (const scaler of graph.autoscalersOf(workload)) yield* scalerFaults(scaler, clock);
  },
});
