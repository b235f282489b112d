import type { Condition, KubeObject, ObjectRef } from './KubeObject';

export interface Namespace extends KubeObject {
  kind: 'Namespace';
  spec?: { finalizers?: string[] };
  status?: { phase?: 'Active' | 'Terminating' };
}

export interface Node extends KubeObject {
  kind: 'Node';
  spec: { taints?: Taint[]; unschedulable?: boolean; providerID?: string };
  status: {
    allocatable: Record<string, string>;
    capacity: Record<string, string>;
    conditions: Condition[];
    addresses?: { type: string; address: string }[];
    [field: string]: unknown;
  };
}

export interface Taint {
  key: string;
  value?: string;
  effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
  timeAdded?: string;
}

/** Events of the kubelet and the controllers count in `count`; those of the scheduler in `series`. */
export interface Event extends KubeObject {
  kind: 'Event';
  involvedObject: Required<Pick<ObjectRef, 'apiVersion' | 'kind' | 'name'>> & {
    namespace?: string;
    uid?: string;
    fieldPath?: string;
    resourceVersion?: string;
  };
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  source: { component?: string; host?: string };
  reportingComponent: string;
  reportingInstance: string;
  firstTimestamp: string | null;
  lastTimestamp: string | null;
  count?: number;
  eventTime: string | null;
  series?: { count: number; lastObservedTime: string };
  action?: string;
}

export interface ResourceQuota extends KubeObject {
  kind: 'ResourceQuota';
  spec: { hard?: Record<string, string> };
  status: { hard?: Record<string, string>; used?: Record<string, string> };
}

export interface PersistentVolumeClaim extends KubeObject {
  kind: 'PersistentVolumeClaim';
  spec: {
    accessModes?: string[];
    storageClassName?: string;
    volumeName?: string;
    resources?: { requests?: Record<string, string> };
  };
  status?: { phase?: string; accessModes?: string[]; capacity?: Record<string, string> };
}

export interface KeyedData extends KubeObject {
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
}
