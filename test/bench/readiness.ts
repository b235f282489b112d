import { buildGraph, type KubeObject } from '@waymark/kube-graph';
import { evaluate, rules } from '@waymark/readiness';
import { load } from 'js-yaml';
import type { Bench } from './Bench';
import { quantiles } from './quantiles';

const SERVICES = 2000;
const RUNS = 20;
/** Until then the compiler still works: a portal judges for days, a pipeline only once. */
const WARM_UP = 5;

/** All rules on parsed objects: what a page or a pipeline waits for after reading. */
export const readiness: Bench = {
  name: 'readiness',
  about: 'all rules on 10,000 parsed objects, 2,000 services (about 10 s)',
  async run() {
    const objects = Array.from({ length: SERVICES }, (_, number) => serviceObjects(number)).flat();
    const rates: number[] = [];
    let findings = 0;
    for (let run = 0; run < WARM_UP + RUNS; run += 1) {
      const started = performance.now();
      const { results } = evaluate(buildGraph(objects), {
        rules,
        now: new Date('2026-11-21T00:00:00Z'),
      });
      rates.push(objects.length / ((performance.now() - started) / 1000));
      findings = results.reduce((total, result) => total + result.findings.length, 0);
    }
    const { median } = quantiles(rates.slice(WARM_UP));
    return {
      measures: [
        {
          what: 'objects judged, graph included',
          unit: 'objects/s',
          ours: Math.round(median),
          target: { text: '≥ 50,000', met: median >= 50_000 },
        },
        { what: 'the same, first of a process', unit: 'objects/s', ours: Math.round(rates[0]) },
      ],
      conditions: {
        objects: objects.length,
        rules: rules.length,
        findings,
        runs: RUNS,
        warmUp: WARM_UP,
      },
    };
  },
};

function serviceObjects(number: number): KubeObject[] {
  const name = `service-${number}`;
  const metadata = { name, namespace: `team-${number % 50}` };
  const labels = { 'app.kubernetes.io/name': name };
  return (load(TEMPLATE) as KubeObject[]).map(
    object =>
      JSON.parse(
        JSON.stringify({ ...object, metadata })
          .replaceAll('"__labels__"', JSON.stringify(labels))
          .replaceAll('__name__', name),
      ) as KubeObject,
  );
}

/** A service with one defect (no preStop), so that findings cost what they cost. */
const TEMPLATE = `
- apiVersion: apps/v1
  kind: Deployment
  spec:
    replicas: 2
    selector: { matchLabels: __labels__ }
    template:
      metadata: { labels: __labels__ }
      spec:
        containers:
          - name: app
            image: registry.example/__name__:1.2.3
            ports: [{ name: http, containerPort: 8080 }]
            livenessProbe: { httpGet: { path: /livez, port: http } }
            readinessProbe: { httpGet: { path: /readyz, port: http } }
            resources: { requests: { cpu: 100m, memory: 128Mi }, limits: { memory: 128Mi } }
            securityContext: { runAsNonRoot: true, runAsUser: 1000 }
            envFrom: [{ configMapRef: { name: __name__ } }]
- apiVersion: v1
  kind: Service
  spec: { selector: __labels__, ports: [{ name: http, port: 80, targetPort: http }] }
- apiVersion: v1
  kind: ConfigMap
  data: { LOG_LEVEL: info }
- apiVersion: policy/v1
  kind: PodDisruptionBudget
  spec: { maxUnavailable: 1, selector: { matchLabels: __labels__ } }
- apiVersion: networking.k8s.io/v1
  kind: NetworkPolicy
  spec:
    podSelector: { matchLabels: __labels__ }
    policyTypes: [Ingress, Egress]
    ingress: [{}]
    egress: [{ ports: [{ protocol: UDP, port: 53 }, { protocol: TCP, port: 53 }] }]
`;
