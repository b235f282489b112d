import { defineDetector } from '../Detector';
import { BLOCKED_SECONDS, drainFaults } from './drainFaults';

export const drainBlocked = defineDetector<'drain-blocked' | 'budget-sync-failed'>({
  id: 'drain-blocked',
  title: 'A node cannot be drained',
  why: 'A drain evicts pods, and the API server refuses every eviction that a disruption budget forbids. It leaves no event: the drain, the node group upgrade or Karpenter just waits.',
  sources: [
    'https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/',
    'https://docs.aws.amazon.com/eks/latest/userguide/managed-node-update-behavior.html',
  ],
  messages: {
    'drain-blocked':
      '{{workload}} keeps node "{{node}}" from being drained: budget "{{budget}}" demands {{required}} healthy pods and {{healthy}} are',
    'budget-sync-failed': 'Disruption budget "{{budget}}" cannot be computed: no drain goes on',
  },
  remedies: {
    'drain-blocked':
      'Use maxUnavailable: 1 instead of a minimum as large as the number of replicas, or mend the pods that are not healthy.',
    'budget-sync-failed':
      'Read the condition of the budget: its selector may match pods without a controller.',
  },
  conditions: {
    'drain-blocked': {
      when: 'a budget of the workload has `status.disruptionsAllowed` 0 and a Node under its pods is cordoned',
      alarmAfter: BLOCKED_SECONDS,
      exception: 'while not all pods of the budget are healthy, nothing is said before the alarm',
    },
    'budget-sync-failed': {
      when: 'a condition of the PodDisruptionBudget is False with reason SyncFailed',
    },
  },
  reads: {
    PodDisruptionBudget: { fields: ['/spec', '/status'] },
    Node: { fields: ['/spec/unschedulable', '/spec/taints'] },
  },
  *detect({ workload, active, graph, clock, standing }) {
    if (standing.ready === 0) return;
    for (const budget of graph.disruptionBudgetsOf(workload))
      yield* drainFaults(budget, active, graph, clock);
  },
});
