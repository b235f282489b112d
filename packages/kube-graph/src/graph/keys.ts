import {
  apiResources,
  groupOf,
  isKind,
  type EndpointSlice,
  type Event,
  type KubeObject,
  type VerticalPodAutoscaler,
  type Workload,
} from '../objects';
import { configReferences, podTemplateOf } from '../edges';
import { controllerOwnerOf } from './controllerOwnerOf';
import type { ObjectRef } from './ref';
import type { Scaler } from './Graph';

/** Keys under which the graph's indexes file objects. Each joins two objects that name each other in different ways. */

/** The owner that manages an object, which need not be there. Owners live in the namespace of what they own. */
export function controllerRef(object: KubeObject): ObjectRef | undefined {
  const owner = controllerOwnerOf(object);
  if (!owner) return undefined;
  const { apiVersion, kind, name } = owner;
  return { group: groupOf(apiVersion), kind, namespace: object.metadata.namespace, name };
}

/**
 * The object that a scaler names. KEDA takes an absent apiVersion and kind for an apps/v1 Deployment; the vertical
 * autoscaler finds well-known kinds by kind alone; the horizontal one takes an absent apiVersion literally, for the core
 * group, and finds nothing there.
 * Sources: https://keda.sh/docs/2.18/reference/scaledobject-spec/#scaletargetref,
 * https://github.com/kubernetes/kubernetes/issues/86032
 */
export function scaleTargetRef(scaler: Scaler | VerticalPodAutoscaler): ObjectRef {
  const { namespace } = scaler.metadata;
  if (scaler.kind === 'HorizontalPodAutoscaler') {
    const { apiVersion = '', kind = '', name = '' } = scaler.spec?.scaleTargetRef ?? {};
    return { group: groupOf(apiVersion), kind, ...(namespace && { namespace }), name };
  }
  const target =
    scaler.kind === 'ScaledObject' ? scaler.spec?.scaleTargetRef : scaler.spec?.targetRef;
  const { kind = 'Deployment', name = '' } = target ?? {};
  const wellKnown = isKind(kind) ? apiResources[kind].group : 'apps';
  const group = target?.apiVersion ? groupOf(target.apiVersion) : wellKnown;
  return { group, kind, ...(namespace && { namespace }), name };
}

/** Source: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#ownership */
export const sliceServiceKey = ({ metadata }: EndpointSlice) =>
  namedKey('Service', metadata.namespace, metadata.labels?.['kubernetes.io/service-name'] ?? '');

/** Events about objects without namespace lie in `default`. */
export function subjectKey({ involvedObject: subject = {}, metadata }: Event): string {
  const { kind = '', name = '' } = subject;
  const clusterWide = isKind(kind) && !apiResources[kind].namespaced;
  return namedKey(kind, clusterWide ? '' : (subject.namespace ?? metadata.namespace), name);
}

export const namedKey = (kind: string, namespace: string | undefined, name: string) =>
  `${kind}/${namespace ?? ''}/${name}`;

/** Everything that a workload's template names: configuration, its service account, its CSI secret classes. */
export function mentionedKeys(workload: Workload): string[] {
  const { namespace } = workload.metadata;
  const { serviceAccountName = 'default', volumes = [] } = podTemplateOf(workload).spec;
  const classes = volumes.flatMap(({ csi }) => csi?.volumeAttributes?.secretProviderClass ?? []);
  return [
    namedKey('ServiceAccount', namespace, serviceAccountName),
    ...configReferences(workload).map(({ kind, name }) => namedKey(kind, namespace, name)),
    ...classes.map(name => namedKey('SecretProviderClass', namespace, name)),
  ];
}

/** When an event last happened, in epoch milliseconds. Scheduler events carry `eventTime` only. */
export function eventTime({
  series,
  lastTimestamp,
  eventTime: at,
  firstTimestamp,
  metadata,
}: Event): number {
  const time =
    series?.lastObservedTime ?? lastTimestamp ?? at ?? firstTimestamp ?? metadata.creationTimestamp;
  return time ? Date.parse(time) : 0;
}
