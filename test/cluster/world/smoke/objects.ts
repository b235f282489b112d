import { join } from 'node:path';
import { KubeObject } from '../kubeApi';

export const namespace = 'smoke';
export const image = 'registry.smoke/service:1';

/** The command behind the image. */
export const service = { command: [process.execPath, 'service.mjs'], dir: join(__dirname) };

interface DeploymentOptions {
  image?: string;
  replicas?: number;
  pod?: Record<string, unknown>;
  container?: Record<string, unknown>;
}

export interface Deployment extends KubeObject {
  status?: {
    observedGeneration?: number;
    replicas?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
  };
}

/** A Deployment with probes and requests, spread over the zones. */
export function deployment(name: string, options: DeploymentOptions = {}): Deployment {
  const labels = { app: name };
  const probe = (path: string) => ({ httpGet: { path, port: 8080 }, periodSeconds: 1 });
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      replicas: options.replicas ?? 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          topologySpreadConstraints: [
            {
              ...{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone' },
              ...{ whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: labels } },
            },
          ],
          ...options.pod,
          containers: [
            {
              name: 'main',
              image: options.image ?? image,
              livenessProbe: probe('/livez'),
              readinessProbe: probe('/readyz'),
              resources: { requests: { cpu: '100m', memory: '64Mi' } },
              ...options.container,
            },
          ],
        },
      },
    },
  };
}

export interface Pod extends KubeObject {
  spec: { nodeName?: string };
  status?: {
    phase?: string;
    podIP?: string;
    containerStatuses?: {
      state?: { waiting?: { reason: string; message?: string } };
      lastState?: { terminated?: { reason: string; exitCode: number } };
    }[];
  };
}
