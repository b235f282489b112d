import { join } from 'node:path';
import type { Behaviour } from '../../world/behaviour';
import type { KubeObject } from '../../world/kubeApi';
import type { Subject } from './Subject';

/** A small service that nobody heals, so that faults stay until they are mended. */
export const courier: Subject = {
  name: 'courier',
  namespace: 'courier',
  replicas: 2,
  selector: 'app=courier',
};

export const courierImage = 'registry.shop.example/shop/courier';

const smoke = join(__dirname, '../../world/smoke');

/** A real process: it hoards 256 MiB when asked to. */
export const courierBehaviour: Behaviour = {
  command: [process.execPath, 'service.mjs'],
  dir: smoke,
};

export const inCourier = (apiVersion: string, kind: string, name = courier.name) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: courier.namespace },
});

export const deploymentRef = inCourier('apps/v1', 'Deployment');
export const budgetRef = inCourier('policy/v1', 'PodDisruptionBudget');

const labels = { app: courier.name, 'backstage.io/kubernetes-id': courier.name };

/** The service as it is when nothing is wrong. */
export const courierObjects = (): KubeObject[] => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: courier.namespace } },
  courierDeployment(),
  {
    ...inCourier('v1', 'Service'),
    metadata: { name: courier.name, namespace: courier.namespace, labels },
    spec: { selector: { app: courier.name }, ports: [{ port: 80, targetPort: 8080 }] },
  },
  budget(1),
];

export const budget = (minAvailable: number): KubeObject => ({
  ...budgetRef,
  spec: { minAvailable, selector: { matchLabels: { app: courier.name } } },
});

/** `container` overrides fields of the only container. */
export function courierDeployment(container: Record<string, unknown> = {}): KubeObject {
  const probe = (path: string) => ({ httpGet: { path, port: 8080 }, periodSeconds: 1 });
  return {
    ...deploymentRef,
    metadata: { ...deploymentRef.metadata, labels },
    spec: {
      replicas: courier.replicas,
      selector: { matchLabels: { app: courier.name } },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'main',
              image: `${courierImage}:1`,
              livenessProbe: probe('/livez'),
              readinessProbe: probe('/readyz'),
              resources: {
                requests: { cpu: '100m', memory: '128Mi' },
                limits: { memory: '128Mi' },
              },
              ...container,
            },
          ],
        },
      },
    },
  };
}
