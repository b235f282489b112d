import { Timeline } from './clock/Timeline';
import type { Event } from './objects/cluster';
import type { KubeObject } from './objects/KubeObject';
import type { Pod } from './objects/pod';
import type { Deployment } from './objects/workload';
import { type SimulatedCluster, startSimulatedCluster } from './startSimulatedCluster';
import { countedIdentities } from './store/Identities';

const NAMESPACE = 'shop';

/** A simulated cluster in a time of its own, with the namespace `shop`: for tests. */
export interface TestCluster extends SimulatedCluster {
  /** Lets that many seconds pass. */
  pass(seconds: number): void;
  /** Applies a Deployment `name`; `template` changes its pod, `spec` the Deployment itself. */
  deploy(name: string, template?: object, spec?: object): Deployment;
  deployment(name: string): Deployment;
  /** Pods by the name of their workload, oldest first. */
  pods(workload: string): Pod[];
  events(reason: string, about?: string): Event[];
  apply(kind: string, name: string, fields: object): KubeObject;
}

export const containerOf = (fields: object = {}): object => ({
  name: 'app',
  image: 'registry.example/app:1',
  ports: [{ name: 'http', containerPort: 8080 }],
  resources: { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '64Mi' } },
  readinessProbe: { httpGet: { path: '/readyz', port: 'http' }, periodSeconds: 2 },
  ...fields,
});

const groups: Readonly<Record<string, string>> = {
  CronJob: 'batch/v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  Job: 'batch/v1',
  PodDisruptionBudget: 'policy/v1',
  SecretProviderClass: 'secrets-store.csi.x-k8s.io/v1',
  StatefulSet: 'apps/v1',
};

export function startTestCluster(): TestCluster {
  const timeline = Timeline.startingAt(new Date('2026-01-05T10:00:00Z'));
  const simulation = startSimulatedCluster({ timeline, identities: countedIdentities() });
  const { cluster, behaviours } = simulation;
  const apply: TestCluster['apply'] = (kind, name, fields) =>
    cluster.apply({
      apiVersion: groups[kind] ?? 'v1',
      kind,
      metadata: { name, namespace: NAMESPACE },
      ...fields,
    });
  cluster.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: NAMESPACE } });
  timeline.advanceBy(1000);
  return {
    ...simulation,
    apply,
    pass: seconds => timeline.advanceBy(seconds * 1000),
    deploy: (name, template = {}, spec = {}) =>
      cluster.apply({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, namespace: NAMESPACE },
        spec: {
          replicas: 2,
          selector: { matchLabels: { app: name } },
          template: {
            metadata: { labels: { app: name } },
            spec: { containers: [containerOf()], ...template },
          },
          ...spec,
        },
      }) as Deployment,
    deployment: name => {
      const found = cluster.get({ kind: 'Deployment', namespace: NAMESPACE, name });
      if (!found) throw new Error(`no Deployment ${name}`);
      return found;
    },
    pods: workload =>
      cluster
        .list('Pod', { namespace: NAMESPACE })
        .filter(pod => behaviours.workloadOf(pod).name === workload),
    events: (reason, about) =>
      cluster
        .list('Event')
        .filter(event => event.reason === reason)
        .filter(({ involvedObject: { name } }) => about === undefined || name === about),
  };
}
