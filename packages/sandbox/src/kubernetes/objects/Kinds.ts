import type {
  Event,
  KeyedData,
  Namespace,
  Node,
  PersistentVolumeClaim,
  ResourceQuota,
} from './cluster';
import type { KubeObject } from './KubeObject';
import type { EndpointSlice, Ingress, Service } from './network';
import type { Pod } from './pod';
import type { HorizontalPodAutoscaler, PodDisruptionBudget } from './scaling';
import type { Deployment, Job, ReplicaSet, StatefulSet } from './workload';

/** The kinds that controllers act on; admission has filled in and checked what their types promise. */
export interface Kinds {
  ConfigMap: KeyedData;
  Deployment: Deployment;
  EndpointSlice: EndpointSlice;
  Event: Event;
  HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  Ingress: Ingress;
  Job: Job;
  Namespace: Namespace;
  Node: Node;
  PersistentVolumeClaim: PersistentVolumeClaim;
  Pod: Pod;
  PodDisruptionBudget: PodDisruptionBudget;
  ReplicaSet: ReplicaSet;
  ResourceQuota: ResourceQuota;
  Secret: KeyedData;
  Service: Service;
  StatefulSet: StatefulSet;
}

export type ObjectOf<K extends string> = K extends keyof Kinds ? Kinds[K] : KubeObject;
