import type { EndpointSlice, Event, KubeObject, Pod, ScaledObject, Workload } from '../objects';
import { configReferences, podTemplateOf } from '../edges';
import { groupOf, idOf, type ObjectId } from './ref';
import type { Scaler } from './Graph';
import type { VerticalPodAutoscaler } from '../objects';

/** Keys under which the graph's indexes file objects. Each joins two objects that name each other in different ways. */

/** The controller that an object names, by uid where there is one (live) and by name (manifests). */
export function controllerKeys({ metadata }: KubeObject): string[] {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  if (!owner) return [];
  return [
    ...(owner.uid ? [owner.uid] : []),
    idOf({
      group: groupOf(owner.apiVersion),
      kind: owner.kind,
      namespace: metadata.namespace,
      name: owner.name,
    }),
  ];
}

export function scaleTargetId(scaler: Scaler | VerticalPodAutoscaler): ObjectId {
  const target =
    scaler.kind === 'VerticalPodAutoscaler'
      ? scaler.spec?.targetRef
      : (scaler.spec?.scaleTargetRef as ScaledObject['spec']['scaleTargetRef'] | undefined);
  return idOf({
    group: groupOf(target?.apiVersion ?? 'apps/v1'),
    kind: target?.kind ?? 'Deployment',
    namespace: scaler.metadata.namespace,
    name: target?.name ?? '',
  });
}

/** Source: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#ownership */
export const sliceServiceKey = ({ metadata }: EndpointSlice) =>
  namedKey('Service', metadata.namespace, metadata.labels?.['kubernetes.io/service-name'] ?? '');

export const subjectKey = ({ involvedObject: subject = {}, metadata }: Event) =>
  namedKey(subject.kind ?? '', subject.namespace ?? metadata.namespace, subject.name ?? '');

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

export const nodeKey = ({ spec }: Pod) => spec?.nodeName ?? '';

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
