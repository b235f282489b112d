import type {
  KeyedData,
  Namespace,
  PersistentVolumeClaim,
  ResourceQuota,
} from '../../objects/cluster';
import type { Service } from '../../objects/network';
import type { HorizontalPodAutoscaler, PodDisruptionBudget } from '../../objects/scaling';
import { fill } from './fill';

/** Defaults of the kinds that run no pods; each kind's first status included. */
export const otherDefaults = {
  Service(service: Service): void {
    fill(service, { status: { loadBalancer: {} } });
    const { spec } = service;
    fill(spec as Service['spec'] & Record<string, unknown>, {
      type: 'ClusterIP',
      sessionAffinity: 'None',
      internalTrafficPolicy: 'Cluster',
      ipFamilies: ['IPv4'],
      ipFamilyPolicy: 'SingleStack',
    });
    spec.ports?.forEach(port => {
      fill(port, { protocol: 'TCP', targetPort: port.port });
    });
  },

  HorizontalPodAutoscaler(hpa: HorizontalPodAutoscaler): void {
    fill(hpa, { status: { desiredReplicas: 0, currentMetrics: null } });
    const cpu = { type: 'Utilization', averageUtilization: 80 };
    fill(hpa.spec, {
      minReplicas: 1,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: cpu } }],
    });
  },

  PodDisruptionBudget(budget: PodDisruptionBudget): void {
    fill(budget, {
      status: { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 },
    });
  },

  ResourceQuota(quota: ResourceQuota): void {
    fill(quota, { spec: {}, status: {} });
  },

  PersistentVolumeClaim(claim: PersistentVolumeClaim): void {
    fill(claim, { status: { phase: 'Pending' } });
    fill(claim.spec as PersistentVolumeClaim['spec'] & { volumeMode?: string }, {
      volumeMode: 'Filesystem',
      storageClassName: 'gp3',
    });
  },

  Namespace(namespace: Namespace): void {
    fill(namespace, { spec: {}, status: { phase: 'Active' } });
    if (namespace.spec && !namespace.metadata.deletionTimestamp) {
      fill(namespace.spec, { finalizers: ['kubernetes'] });
    }
    namespace.metadata.labels = {
      ...namespace.metadata.labels,
      'kubernetes.io/metadata.name': namespace.metadata.name,
    };
  },

  /** Plain text is written through `stringData` and never read back. */
  Secret(secret: KeyedData & { stringData?: Record<string, string>; type?: string }): void {
    fill(secret, { type: 'Opaque' });
    const { stringData } = secret;
    if (!stringData) return;
    const encoded = Object.entries(stringData).map(([key, text]) => [
      key,
      Buffer.from(text).toString('base64'),
    ]);
    secret.data = { ...secret.data, ...Object.fromEntries(encoded) };
    delete secret.stringData;
  },
};
