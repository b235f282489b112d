import { join } from 'node:path';
import type { Behaviour } from '../../world/behaviour';
import type { KubeObject } from '../../world/kubeApi';

/** A small service that nobody heals, so that faults stay until they are mended. */
export const subject = { name: 'courier', namespace: 'courier', replicas: 2 };

export const subjectImage = 'registry.shop.example/shop/courier';

const smoke = join(__dirname, '../../world/smoke');

/** A real process: it hoards 256 MiB when asked to. */
export const subjectBehaviour: Behaviour = {
  command: [process.execPath, 'service.mjs'],
  dir: smoke,
};

export const inSubject = (apiVersion: string, kind: string, name = subject.name) => ({
  apiVersion,
  kind,
  metadata: { name, namespace: subject.namespace },
});

export const deploymentRef = inSubject('apps/v1', 'Deployment');
export const budgetRef = inSubject('policy/v1', 'PodDisruptionBudget');

const labels = { app: subject.name, 'backstage.io/kubernetes-id': subject.name };

/** The service as it is when nothing is wrong. */
export const subjectObjects = (): KubeObject[] => [
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: subject.namespace } },
  subjectDeployment(),
  {
    ...inSubject('v1', 'Service'),
    metadata: { name: subject.name, namespace: subject.namespace, labels },
    spec: { selector: { app: subject.name }, ports: [{ port: 80, targetPort: 8080 }] },
  },
  budget(1),
];

export const budget = (minAvailable: number): KubeObject => ({
  ...budgetRef,
  spec: { minAvailable, selector: { matchLabels: { app: subject.name } } },
});

/** `container` overrides fields of the only container. */
export function subjectDeployment(container: Record<string, unknown> = {}): KubeObject {
  const probe = (path: string) => ({ httpGet: { path, port: 8080 }, periodSeconds: 1 });
  return {
    ...deploymentRef,
    metadata: { ...deploymentRef.metadata, labels },
    spec: {
      replicas: subject.replicas,
      selector: { matchLabels: { app: subject.name } },
      template: {
        metadata: { labels },
        spec: {
          containers: [
            {
              name: 'main',
              image: `${subjectImage}:1`,
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
