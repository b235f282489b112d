import type { Kind, KubeObject, ObjectOf, Workload } from '../objects';
import { isWorkload } from '../edges';
import type { Graph } from './Graph';
import type { GraphIndexes } from './GraphIndexes';
import { namedKey, sliceServiceKey, subjectKey } from './keys';
import { idOf, kindOf, type ObjectId } from './ref';

/** The top-level workloads that are related to an object by any edge of the graph. */
export function touchedBy(object: KubeObject, graph: Graph, indexes: GraphIndexes): Set<ObjectId> {
  const kind = kindOf(object);
  const related = kind ? relatedWorkloads(object as ObjectOf<Kind>, graph, indexes) : [];
  return new Set(related.map(workload => idOf(graph.workloadOf(workload) ?? workload)));
}

function relatedWorkloads(
  object: ObjectOf<Kind>,
  graph: Graph,
  indexes: GraphIndexes,
): readonly Workload[] {
  if (isWorkload(object)) return [object];
  const namespace = object.metadata.namespace ?? '';
  switch (object.kind) {
    case 'Service':
      return graph.workloadsOf(object);
    case 'EndpointSlice': {
      const [, , name] = sliceServiceKey(object).split('/');
      const service = graph.get('Service', namespace, name);
      return service ? graph.workloadsOf(service) : [];
    }
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
    case 'Event': {
      const [subjectKind, subjectNamespace, name] = subjectKey(object).split('/');
      const subject = graph.get(subjectKind as Kind, subjectNamespace, name);
      return subject ? relatedWorkloads(subject, graph, indexes) : [];
    }
    case 'Node':
      return indexes.podsOnNode.get(object.metadata.name);
    case 'ResourceQuota':
    case 'Namespace':
      return graph.workloads(object.kind === 'Namespace' ? object.metadata.name : namespace);
    default:
      return indexes.mentions.get(namedKey(object.kind, namespace, object.metadata.name));
  }
}
