import {
  apiResources,
  isKind,
  isWorkload,
  scaleTargetRef,
  type Graph,
  type Scaler,
  type Workload,
} from '@waymark/kube-graph';
import { gapIn, type Gap } from '../engine';

export type ScaleTarget =
  | { readonly state: 'workload'; readonly workload: Workload }
  /** An object of a kind that Waymark does not type (an Argo Rollout); its kind may or may not have a scale. */
  | { readonly state: 'foreign' }
  | { readonly state: 'not-found' }
  /** A group of Kubernetes' own that has no such kind: `v1` Deployment, `apps/v1` deployment. */
  | { readonly state: 'no-such-kind' }
  | { readonly state: 'unknown'; readonly gap: Gap };

/** Groups whose kinds are all known, so that any other kind in them is a mistake. ReplicationController is all of v1 that scales. */
const OWN_GROUPS = ['', 'apps', 'batch', 'extensions'];

/** What a scaler scales, as far as it can be told. */
export function scaleTarget(scaler: Scaler, graph: Graph): ScaleTarget {
  const ref = scaleTargetRef(scaler);
  const object = graph.find(ref);
  if (object)
    return isWorkload(object) ? { state: 'workload', workload: object } : { state: 'foreign' };
  const { group, kind } = ref;
  if (isKind(kind) && apiResources[kind].group === group) {
    const gap = gapIn(graph, kind);
    return gap ? { state: 'unknown', gap } : { state: 'not-found' };
  }
  if (OWN_GROUPS.includes(group) && kind !== 'ReplicationController')
    return { state: 'no-such-kind' };
  return { state: 'unknown', gap: unreadGap(kind) };
}

/** Objects of a kind that Waymark does not read may or may not be there. */
const unreadGap = (kind: string): Gap => ({
  kind,
  coverage: { state: 'missing', reason: 'not-listed', message: `${kind} objects are not read` },
});
