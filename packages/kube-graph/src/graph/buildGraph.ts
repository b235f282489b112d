import { withoutNulls, type KubeObject } from '../objects';
import type { Graph, GraphOptions } from './Graph';
import { ObjectGraph } from './ObjectGraph';

/**
 * Relates the objects of one cluster or one release, as they were parsed. A later object replaces an earlier one of the same
 * name. Throws MalformedObjectError.
 */
export function buildGraph(objects: Iterable<KubeObject>, options: GraphOptions = {}): Graph {
  const graph = new ObjectGraph(options);
  for (const object of objects) graph.add(withoutNulls(object));
  return graph;
}
