import type { Condition, KubeObject } from './metadata';

export interface Namespace extends KubeObject {
  kind: 'Namespace';
  status?: { phase?: string };
}

export interface Node extends KubeObject {
  kind: 'Node';
  spec?: {
    unschedulable?: boolean;
    taints?: { key: string; value?: string; effect: string; timeAdded?: string }[];
    providerID?: string;
  };
  status?: {
    conditions?: Condition[];
    allocatable?: Record<string, string>;
    capacity?: Record<string, string>;
  };
}

/** core/v1 Event. Scheduler events carry only `eventTime` and `series`. */
export interface Event extends KubeObject {
  kind: 'Event';
  type?: 'Normal' | 'Warning';
  reason?: string;
  message?: string;
  count?: number;
  firstTimestamp?: string | null;
  lastTimestamp?: string | null;
  eventTime?: string | null;
  series?: { count?: number; lastObservedTime?: string } | null;
  involvedObject: {
    apiVersion?: string;
    kind?: string;
    namespace?: string;
    name?: string;
    uid?: string;
    fieldPath?: string;
  };
}

export interface ResourceQuota extends KubeObject {
  kind: 'ResourceQuota';
  spec?: { hard?: Record<string, string> };
  status?: { hard?: Record<string, string>; used?: Record<string, string> };
}

export interface PersistentVolumeClaim extends KubeObject {
  kind: 'PersistentVolumeClaim';
  spec?: { accessModes?: string[]; storageClassName?: string; volumeName?: string };
  status?: { phase?: 'Pending' | 'Bound' | 'Lost'; conditions?: Condition[] };
}
