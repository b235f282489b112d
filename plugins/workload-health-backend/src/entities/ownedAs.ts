import { isWorkload, podTemplateOf, type KubeObject, type Reads } from '@waymark/kube-graph';
import type { Owned } from './EntitySelector';

/** `<application>:<group>/<kind>:<namespace>/<name>`. Source: https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/ */
const TRACKING_ID = 'argocd.argoproj.io/tracking-id';
const INSTANCE = 'argocd.argoproj.io/instance';
/** Argo CD 2 tracks by this label unless told otherwise. */
const COMMON_INSTANCE = 'app.kubernetes.io/instance';

const tracking = {
  fields: [
    `/metadata/annotations/${TRACKING_ID.replace('/', '~1')}`,
    `/metadata/annotations/${INSTANCE.replace('/', '~1')}`,
  ],
} as const;

/** What must be kept of an object to tell whose it is, besides its labels. */
export const ownerReads: Reads = {
  CronJob: tracking,
  DaemonSet: tracking,
  Deployment: tracking,
  HorizontalPodAutoscaler: tracking,
  Job: tracking,
  Pod: tracking,
  PodDisruptionBudget: tracking,
  ReplicaSet: tracking,
  ScaledObject: tracking,
  Service: tracking,
  StatefulSet: tracking,
};

/** What an object is found by. A label that only its pods carry counts too: many charts label nothing else. */
export function ownedAs(object: KubeObject, cluster: string): Owned {
  const { namespace, labels } = object.metadata;
  const ofPods = isWorkload(object) ? podTemplateOf(object).metadata?.labels : undefined;
  const application = applicationOf(object);
  return {
    cluster,
    ...(namespace && { namespace }),
    labels: { ...ofPods, ...labels },
    ...(application && { application }),
  };
}

/** A DNS-1123 subdomain. Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const NAME = /^[a-z0-9]([-.a-z0-9]*[a-z0-9])?$/;
const NAME_LENGTH = 253;

/** The first that can be the name of an application: anybody may write anything into an annotation. */
function applicationOf({ metadata: { annotations = {}, labels = {} } }: KubeObject) {
  const tracked = [
    annotations[TRACKING_ID]?.split(':')[0],
    labels[INSTANCE],
    annotations[INSTANCE],
    labels[COMMON_INSTANCE],
  ];
  // An application outside of Argo CD's own namespace is tracked as `<namespace>_<name>`.
  const names = tracked.map(text => text?.split('_').at(-1) ?? '');
  return names.find(name => name.length <= NAME_LENGTH && NAME.test(name));
}
