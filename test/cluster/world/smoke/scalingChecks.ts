import assert from 'node:assert/strict';
import { KubeObject } from '../kubeApi';
import { waitUntil } from '../waitUntil';
import { Check } from './check';
import { namespace } from './objects';

const autoscaler: KubeObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web', namespace },
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
    minReplicas: 3,
    maxReplicas: 4,
    metrics: [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
      },
    ],
  },
};

interface Autoscaler extends KubeObject {
  status?: {
    desiredReplicas: number;
    currentMetrics?: { resource?: { current: { averageUtilization: number } } }[];
    conditions?: { type: string; status: string; reason: string }[];
  };
}

export const scalingChecks: Check[] = [
  {
    name: 'the HPA computes from our metrics, scales out and says that it is at its maximum',
    async run({ controlPlane: { admin }, metrics }) {
      metrics.set(namespace, 'web', { cpu: 0.95 });
      await admin.apply(autoscaler);
      const { status } = await waitUntil(
        async () => {
          const current = await admin.get<Autoscaler>(autoscaler);
          const isAtMaximum = current.status?.conditions?.some(
            ({ type, status: value }) => type === 'ScalingLimited' && value === 'True',
          );
          return isAtMaximum && current.status?.desiredReplicas === 4 ? current : undefined;
        },
        { what: 'the HPA wants four replicas', timeoutSeconds: 40 },
      );
      const reasons = Object.fromEntries(
        (status?.conditions ?? []).map(({ type, reason }) => [type, reason]),
      );
      assert.equal(reasons.ScalingActive, 'ValidMetricFound');
      assert.equal(reasons.ScalingLimited, 'TooManyReplicas');
      assert.equal(status?.currentMetrics?.[0].resource?.current.averageUtilization, 95);
    },
  },
];
