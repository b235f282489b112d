import type { Event, Namespace, Node, PersistentVolumeClaim, ResourceQuota } from './cluster';
import type {
  ConfigMap,
  ExternalSecret,
  Secret,
  SecretProviderClass,
  ServiceAccount,
} from './config';
import type { EndpointSlice, Ingress, NetworkPolicy, Service } from './network';
import type { Pod } from './pod';
import type {
  HorizontalPodAutoscaler,
  PodDisruptionBudget,
  ScaledObject,
  VerticalPodAutoscaler,
} from './scaling';
import type { CronJob, DaemonSet, Deployment, Job, ReplicaSet, StatefulSet } from './workload';

/** Kind name to object type. A new kind of object is one line here, one in `apiResources`, one in objects/. */
export interface Kinds {
  ConfigMap: ConfigMap;
  CronJob: CronJob;
  DaemonSet: DaemonSet;
  Deployment: Deployment;
  EndpointSlice: EndpointSlice;
  Event: Event;
  ExternalSecret: ExternalSecret;
  HorizontalPodAutoscaler: HorizontalPodAutoscaler;
  Ingress: Ingress;
  Job: Job;
  Namespace: Namespace;
  NetworkPolicy: NetworkPolicy;
  Node: Node;
  PersistentVolumeClaim: PersistentVolumeClaim;
  Pod: Pod;
  PodDisruptionBudget: PodDisruptionBudget;
  ReplicaSet: ReplicaSet;
  ResourceQuota: ResourceQuota;
  ScaledObject: ScaledObject;
  Secret: Secret;
  SecretProviderClass: SecretProviderClass;
  Service: Service;
  ServiceAccount: ServiceAccount;
  StatefulSet: StatefulSet;
  VerticalPodAutoscaler: VerticalPodAutoscaler;
}

export type Kind = keyof Kinds;
export type ObjectOf<K extends Kind> = Kinds[K];

/** Where the API server serves a kind. */
export interface ApiResource {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly namespaced: boolean;
}

const core = (resource: string, namespaced = true): ApiResource => ({
  group: '',
  version: 'v1',
  resource,
  namespaced,
});
const of = (group: string, version: string, resource: string): ApiResource => ({
  group,
  version,
  resource,
  namespaced: true,
});

export const apiResources: Readonly<Record<Kind, ApiResource>> = {
  ConfigMap: core('configmaps'),
  CronJob: of('batch', 'v1', 'cronjobs'),
  DaemonSet: of('apps', 'v1', 'daemonsets'),
  Deployment: of('apps', 'v1', 'deployments'),
  EndpointSlice: of('discovery.k8s.io', 'v1', 'endpointslices'),
  Event: core('events'),
  ExternalSecret: of('external-secrets.io', 'v1', 'externalsecrets'),
  HorizontalPodAutoscaler: of('autoscaling', 'v2', 'horizontalpodautoscalers'),
  Ingress: of('networking.k8s.io', 'v1', 'ingresses'),
  Job: of('batch', 'v1', 'jobs'),
  Namespace: core('namespaces', false),
  NetworkPolicy: of('networking.k8s.io', 'v1', 'networkpolicies'),
  Node: core('nodes', false),
  PersistentVolumeClaim: core('persistentvolumeclaims'),
  Pod: core('pods'),
  PodDisruptionBudget: of('policy', 'v1', 'poddisruptionbudgets'),
  ReplicaSet: of('apps', 'v1', 'replicasets'),
  ResourceQuota: core('resourcequotas'),
  ScaledObject: of('keda.sh', 'v1alpha1', 'scaledobjects'),
  Secret: core('secrets'),
  SecretProviderClass: of('secrets-store.csi.x-k8s.io', 'v1', 'secretproviderclasses'),
  Service: core('services'),
  ServiceAccount: core('serviceaccounts'),
  StatefulSet: of('apps', 'v1', 'statefulsets'),
  VerticalPodAutoscaler: of('autoscaling.k8s.io', 'v1', 'verticalpodautoscalers'),
};

export const isKind = (kind: string): kind is Kind => Object.hasOwn(apiResources, kind);
