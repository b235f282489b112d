import type { Scenario } from '../scenarios';
import { CREATED, Identity, type Place } from './Identity';
import { managedFields } from './managedFields';
import { podObject } from './podObject';
import { rolloutObjects } from './rolloutObjects';
import { trafficObjects } from './trafficObjects';

export interface ServedObject {
  /** `group/plural` */
  readonly resource: string;
  /** The value of its `backstage.io/kubernetes-id` label. */
  readonly id: string;
  readonly namespace: string;
  readonly object: object;
}

/** Deployment, ReplicaSet, pods, Service and EndpointSlice, healthy and as full as an API server sends them. */
export function serviceObjects(
  place: Place,
  { podsPerDeployment, metrics }: Scenario,
): ServedObject[] {
  const identity = new Identity(place);
  const { id, namespace } = identity;
  const pods = Array.from({ length: podsPerDeployment }, (_, pod) => podObject(identity, pod));
  const { deployment, replicaSet } = rolloutObjects(identity, podsPerDeployment);
  const { service, endpointSlice } = trafficObjects(identity, pods);
  const objects: readonly (readonly [string, NamedObject])[] = [
    ['apps/deployments', deployment],
    ['apps/replicasets', replicaSet],
    ['/services', service],
    ['discovery.k8s.io/endpointslices', endpointSlice],
    ...pods.map(pod => ['/pods', pod] as const),
    ...(metrics ? pods.map(pod => ['metrics.k8s.io/pods', podMetrics(pod)] as const) : []),
  ];
  return objects.map(([resource, object]) => ({
    resource,
    id,
    namespace,
    object: { ...object, metadata: { ...object.metadata, managedFields: managedFields(object) } },
  }));
}

interface NamedObject {
  readonly metadata: object;
  readonly [field: string]: unknown;
}

const podMetrics = ({ metadata }: NamedObject): NamedObject => ({
  metadata,
  timestamp: CREATED,
  window: '15s',
  containers: [{ name: 'app', usage: { cpu: '25m', memory: '96Mi' } }],
});
