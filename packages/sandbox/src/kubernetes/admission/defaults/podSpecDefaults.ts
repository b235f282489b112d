import type { Container, PodSpec, Probe, Volume } from '../../objects/pod';
import { fill } from './fill';

/** Defaults of k8s.io/kubernetes pkg/apis/core/v1/defaults.go that show in a pod or a template. */
export function fillPodSpec(spec: PodSpec): void {
  fill(spec as PodSpec & Record<string, unknown>, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: 30,
    dnsPolicy: 'ClusterFirst',
    schedulerName: 'default-scheduler',
    securityContext: {},
  });
  if (spec.serviceAccountName) {
    fill(spec as PodSpec & { serviceAccount?: string }, {
      serviceAccount: spec.serviceAccountName,
    });
  }
  [...(spec.containers ?? []), ...(spec.initContainers ?? [])].forEach(fillContainer);
  spec.volumes?.forEach(fillVolume);
}

function fillContainer(container: Container): void {
  fill(container as Container & Record<string, unknown>, {
    imagePullPolicy: /(:latest|^[^:@]+)$/.test(lastPart(container.image ?? ''))
      ? 'Always'
      : 'IfNotPresent',
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  });
  container.ports?.forEach(port => fill(port, { protocol: 'TCP' }));
  const { readinessProbe, livenessProbe, startupProbe } = container;
  [readinessProbe, livenessProbe, startupProbe].forEach(probe => probe && fillProbe(probe));
}

/** A registry may name a port: only what follows the last slash can be a tag. */
const lastPart = (image: string): string => image.slice(image.lastIndexOf('/') + 1);

function fillProbe(probe: Probe): void {
  fill(probe, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  const http = probe.httpGet as (Probe['httpGet'] & { scheme?: string }) | undefined;
  if (http) fill(http, { path: '/', scheme: 'HTTP' });
}

function fillVolume({ configMap, secret, projected }: Volume): void {
  [configMap, secret, projected].forEach(source => {
    if (source) fill(source as { defaultMode?: number }, { defaultMode: 0o644 });
  });
}
