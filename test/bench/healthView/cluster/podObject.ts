import type { Identity } from './Identity';

const IMAGE = 'registry.example/shop/service';

/** The pod spec of a service as our own golden path writes it, with the defaults of the API server. */
export const podTemplate = (name: string) => ({
  serviceAccountName: name,
  restartPolicy: 'Always',
  terminationGracePeriodSeconds: 45,
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  securityContext: {
    runAsNonRoot: true,
    runAsUser: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  },
  topologySpreadConstraints: ['topology.kubernetes.io/zone', 'kubernetes.io/hostname'].map(
    topologyKey => ({
      maxSkew: 1,
      topologyKey,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: { app: name } },
    }),
  ),
  containers: [
    {
      name: 'app',
      image: `${IMAGE}:1.4.2`,
      imagePullPolicy: 'IfNotPresent',
      ports: [
        { name: 'http', containerPort: 8080, protocol: 'TCP' },
        { name: 'management', containerPort: 9090, protocol: 'TCP' },
      ],
      env: ENVIRONMENT.map(variable => ({ name: variable, value: `${name}-${variable}` })),
      resources: {
        requests: { cpu: '100m', memory: '256Mi' },
        limits: { memory: '256Mi' },
      },
      startupProbe: probe('/startupz', 30),
      livenessProbe: probe('/livez', 3),
      readinessProbe: probe('/readyz', 3),
      lifecycle: { preStop: { sleep: { seconds: 10 } } },
      securityContext: {
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      },
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
    },
  ],
  volumes: [{ name: 'tmp', emptyDir: { sizeLimit: '64Mi' } }],
});

/** A pod that is running and ready. About 7 kB as JSON once its managed fields are on, like one of a real cluster. */
export function podObject(identity: Identity, number: number) {
  const { id, replicaSet } = identity;
  const digest = identity.digestOf(`pod ${number}`);
  const owner = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: replicaSet };
  const metadata = identity.metadata('Pod', `${replicaSet}-${digest.slice(0, 5)}`, owner);
  const [second, ...address] = Buffer.from(digest, 'hex');
  const started = new Date(Date.UTC(2026, 10, 20, 8, 0, second)).toISOString().replace('.000', '');
  const podIP = `10.0.${address[0]}.${address[1]}`;
  const hostIP = `10.1.${address[2] % 4}.${address[3]}`;
  return {
    metadata: { ...metadata, generateName: `${replicaSet}-` },
    spec: {
      ...podTemplate(id),
      nodeName: `ip-${hostIP.replaceAll('.', '-')}.eu-west-1.compute.internal`,
      tolerations: ['not-ready', 'unreachable'].map(taint => ({
        key: `node.kubernetes.io/${taint}`,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      })),
    },
    status: {
      phase: 'Running',
      qosClass: 'Burstable',
      hostIP,
      hostIPs: [{ ip: hostIP }],
      podIP,
      podIPs: [{ ip: podIP }],
      startTime: started,
      conditions: CONDITIONS.map(type => ({
        type,
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: started,
      })),
      containerStatuses: [
        {
          name: 'app',
          image: `${IMAGE}:1.4.2`,
          imageID: `${IMAGE}@sha256:${'0123456789abcdef'.repeat(4)}`,
          containerID: `containerd://${digest}`,
          ready: true,
          started: true,
          restartCount: 0,
          state: { running: { startedAt: started } },
          lastState: {},
        },
      ],
    },
  };
}

const probe = (path: string, failureThreshold: number) => ({
  httpGet: { path, port: 'management', scheme: 'HTTP' },
  periodSeconds: 10,
  timeoutSeconds: 1,
  successThreshold: 1,
  failureThreshold,
});

const ENVIRONMENT = [
  'LOG_LEVEL',
  'OTEL_SERVICE_NAME',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
  'DATABASE_URL',
  'CATALOGUE_URL',
  'CART_URL',
];

const CONDITIONS = [
  'PodReadyToStartContainers',
  'Initialized',
  'Ready',
  'ContainersReady',
  'PodScheduled',
];
