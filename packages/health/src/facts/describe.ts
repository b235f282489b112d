import { type Graph, podTemplateOf, refOf, type Workload } from '@waymark/kube-graph';
import { judgeOfKind } from '../kinds/kinds';
import { Clock } from '../verdict/Clock';
import { ConsultedGraph } from '../verdict/ConsultedGraph';
import { disruptionBudgetFacts } from './disruptionBudgetFacts';
import { groupPods } from './podGroups';
import { recentRestarts } from './recentRestarts';
import { scalerFacts } from './scalerFacts';
import { serviceFacts } from './serviceFacts';
import type { WorkloadFacts } from './WorkloadFacts';

/** What a workload's page shows besides the verdict. What could not be read is left out; the verdict's gaps say so. */
export function describe(workload: Workload, graph: Graph, now: Date): WorkloadFacts {
  const consulted = new ConsultedGraph(graph);
  const clock = new Clock(now);
  const pods = consulted.podsOf(workload);
  const scaler = consulted.autoscalersOf(workload).at(0);
  const revision = revisionOf(workload);
  return {
    workload: refOf(workload),
    replicas: replicasOf(workload, pods.length, consulted, clock),
    images: (podTemplateOf(workload).spec.containers ?? []).map(({ name, image = '' }) => ({
      container: name,
      image,
    })),
    ...(revision && { revision }),
    recentRestarts: recentRestarts(pods, clock),
    pods: groupPods(pods, consulted, clock),
    ...(scaler && { scaler: scalerFacts(scaler) }),
    disruptionBudgets: consulted.disruptionBudgetsOf(workload).map(disruptionBudgetFacts),
    services: consulted.servicesOf(workload).map(service => serviceFacts(service, graph)),
  };
}

function replicasOf(workload: Workload, pods: number, graph: ConsultedGraph, clock: Clock) {
  const { desired, ready } = judgeOfKind(workload).standing({
    subject: workload,
    graph,
    clock,
    pods: [],
    statusOf: () => 'unknown',
  });
  switch (workload.kind) {
    case 'DaemonSet':
      return { desired, ready, updated: workload.status?.updatedNumberScheduled ?? 0, total: pods };
    case 'Deployment':
    case 'StatefulSet':
      return { desired, ready, updated: workload.status?.updatedReplicas ?? 0, total: pods };
    case 'Job':
      return {
        desired: workload.spec?.parallelism ?? 1,
        ready: workload.status?.ready ?? 0,
        updated: pods,
        total: pods,
      };
    default:
      return { desired, ready, updated: pods, total: pods };
  }
}

/** Source: k8s.io/kubernetes pkg/controller/deployment/util RevisionAnnotation */
function revisionOf(workload: Workload): string | undefined {
  if (workload.kind === 'StatefulSet') return workload.status?.updateRevision;
  return workload.kind === 'Deployment'
    ? workload.metadata.annotations?.['deployment.kubernetes.io/revision']
    : undefined;
}
