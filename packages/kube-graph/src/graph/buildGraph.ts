import type { KubeObject } from '../objects';
import type { Graph, GraphOptions } from './Graph';
import { ObjectGraph } from './ObjectGraph';

/**
 * Relates the objects of one cluster or one release. A later object replaces an earlier one of the same name.
 * Throws MalformedObjectError.
 */
export function buildGraph(objects: Iterable<KubeObject>, options: GraphOptions = {}): Graph {
  const graph = new ObjectGraph(options);
  for (const object of objects) graph.add(object);
  return graph;
}
