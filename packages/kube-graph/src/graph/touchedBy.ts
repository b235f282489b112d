import {
  isKind,
  isObjectOf,
  kindOf,
  type Kind,
  type KubeObject,
  type ObjectOf,
  type Workload,
} from '../objects';
import { isWorkload, podTemplateOf, selectorOf } from '../edges';
import type { Graph } from './Graph';
import type { GraphIndexes } from './GraphIndexes';
import { namedKey, sliceServiceKey, subjectKey } from './keys';
import { idOf, type ObjectId } from './ref';

/** Kinds without pods that have a verdict of their own. */
const JUDGED: readonly string[] = [
  'Service',
  'HorizontalPodAutoscaler',
  'ScaledObject',
  'PodDisruptionBudget',
];

/** Whose verdict an object may alter, by any edge of the graph. */
export function touchedBy(changed: KubeObject, graph: Graph, indexes: GraphIndexes): Set<ObjectId> {
  const object = spokenFor(changed, graph);
  const touched = new Set(JUDGED.includes(object.kind) ? [idOf(object)] : []);
  for (const workload of workloadsBehind(object, graph, indexes)) {
    for (const neighbour of around(workload, graph)) touched.add(idOf(neighbour));
  }
  return touched;
}

/** An event and an endpoint slice matter as far as the object does that they are about. */
function spokenFor(object: KubeObject, graph: Graph): KubeObject {
  const key =
    (isObjectOf('EndpointSlice', object) && sliceServiceKey(object)) ||
    (isObjectOf('Event', object) && subjectKey(object));
  if (!key) return object;
  const [kind, namespace, name] = key.split('/');
  return (isKind(kind) && graph.get(kind, namespace, name)) || object;
}

function workloadsBehind(
  object: KubeObject,
  graph: Graph,
  indexes: GraphIndexes,
): readonly Workload[] {
  const kind = kindOf(object);
  return kind
    ? workloadsOfKind(object as ObjectOf<Kind>, graph, indexes)
    : // What an object of an unknown kind means for others is unknown too: a Cilium policy, a Rollout.
      graph.workloads(object.metadata.namespace);
}

function workloadsOfKind(
  object: ObjectOf<Kind>,
  graph: Graph,
  indexes: GraphIndexes,
): readonly Workload[] {
  if (isWorkload(object)) return [object];
  const namespace = object.metadata.namespace ?? '';
  switch (object.kind) {
    case 'Service':
      return graph.workloadsOf(object);
    case 'HorizontalPodAutoscaler':
    case 'ScaledObject':
    case 'VerticalPodAutoscaler': {
      const target = graph.scaleTargetOf(object);
      return target ? [target] : [];
    }
    case 'PodDisruptionBudget':
      return object.spec?.selector ? graph.workloadsMatching(namespace, object.spec.selector) : [];
    case 'NetworkPolicy':
      return graph.workloadsMatching(namespace, object.spec?.podSelector ?? {});
    case 'Event':
    case 'EndpointSlice':
      return [];
    case 'Node':
      return indexes.podsOnNode.get(object.metadata.name);
    case 'ResourceQuota':
      return graph.workloads(namespace);
    case 'Namespace':
      return graph.workloads(object.metadata.name);
    default:
      return indexes.mentions.get(namedKey(object.kind, namespace, object.metadata.name));
  }
}

/** The workload that a child belongs to, what guards, scales and serves it, and the workloads that claim the same pods. */
function around(workload: Workload, graph: Graph): readonly KubeObject[] {
  const top = graph.workloadOf(workload) ?? workload;
  const keepers = [
    top,
    ...graph.servicesOf(top),
    ...graph.scalersOf(top),
    ...graph.disruptionBudgetsOf(top),
  ];
  if (top !== workload) return keepers;
  const namespace = top.metadata.namespace ?? '';
  const selector = selectorOf(top);
  return [
    ...keepers,
    ...(selector ? graph.workloadsMatching(namespace, selector) : []),
    ...graph.workloadsSelecting(namespace, podTemplateOf(top).metadata?.labels ?? {}),
  ];
}
