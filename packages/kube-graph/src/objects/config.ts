import type { Condition, KubeObject } from './metadata';

/** The live store keeps keys only: every value is then the empty string. */
export interface ConfigMap extends KubeObject {
  kind: 'ConfigMap';
  data?: Record<string, string>;
  binaryData?: Record<string, string>;
}

/** Only ever from manifests on disk. Secrets of a cluster are never requested. */
export interface Secret extends KubeObject {
  kind: 'Secret';
  type?: string;
  data?: Record<string, string>;
  stringData?: Record<string, string>;
}

export interface ServiceAccount extends KubeObject {
  kind: 'ServiceAccount';
  automountServiceAccountToken?: boolean;
  imagePullSecrets?: { name: string }[];
}

/** `secrets-store.csi.x-k8s.io/v1` */
export interface SecretProviderClass extends KubeObject {
  kind: 'SecretProviderClass';
  spec: {
    provider: string;
    parameters?: Record<string, string>;
    secretObjects?: {
      secretName: string;
      type?: string;
      data?: { objectName: string; key: string }[];
    }[];
  };
}

/** `external-secrets.io/v1` */
export interface ExternalSecret extends KubeObject {
  kind: 'ExternalSecret';
  spec: {
    target?: { name?: string; template?: unknown };
    data?: { secretKey: string }[];
    dataFrom?: unknown[];
    refreshInterval?: string;
  };
  status?: { conditions?: Condition[] };
}
