import type { KubernetesCluster } from '../KubernetesCluster';
import type { KubeObject } from '../objects/KubeObject';
import type { Endpoint, EndpointSlice, Service } from '../objects/network';
import type { Pod } from '../objects/pod';
import { timestamp } from '../store/transitions';
import type { Controller, ControllerContext } from './Controller';
import { controlledBy, controllerRefTo, keyOf } from './ownership';
import { isReady } from './podState';

const MANAGED_BY = 'endpointslice-controller.k8s.io';

/** Service → EndpointSlices of the pods that its selector finds. */
export const endpointSliceController: Controller = {
  name: 'endpoint-slice-controller',

  *affected({ object, previous }, { cluster }) {
    if (object.kind === 'Service') yield keyOf(object);
    if (object.kind === 'Pod') {
      for (const service of cluster.list('Service', { namespace: object.metadata.namespace })) {
        const selected = [object, previous].some(pod => pod && selectsPod(service, pod));
        if (selected) yield keyOf(service);
      }
    }
  },

  reconcile(key, context) {
    const service = context.cluster.get({ kind: 'Service', ...key });
    // The slices of a deleted Service go with it: they are its dependents.
    if (service?.spec.selector) sync(service, context);
  },
};

/** A Service's selector is a plain map; an empty one selects nothing. */
function selectsPod({ spec }: Service, { metadata }: KubeObject): boolean {
  const wanted = Object.entries(spec.selector ?? {});
  return wanted.length > 0 && wanted.every(([key, value]) => metadata.labels?.[key] === value);
}

interface Group {
  readonly ports: EndpointSlice['ports'];
  readonly endpoints: Endpoint[];
}

function sync(service: Service, { cluster }: ControllerContext): void {
  const pods = cluster
    .list('Pod', { namespace: service.metadata.namespace })
    .filter(pod => selectsPod(service, pod) && pod.status.podIP && !hasEnded(pod));
  const groups = groupsOf(service, pods, cluster);
  const existing = controlledBy(cluster, 'EndpointSlice', service);
  // Without a single pod one empty slice says so.
  const wanted = groups.length > 0 ? groups : [{ ports: null, endpoints: [] }];
  wanted.forEach((group, index) => write(service, existing[index], group, cluster));
  existing.slice(wanted.length).forEach(slice => {
    cluster.remove({ kind: 'EndpointSlice', ...keyOf(slice) });
  });
}

const hasEnded = ({ status }: Pod) => status.phase === 'Succeeded' || status.phase === 'Failed';

/** Pods whose named ports have different numbers do not fit into one slice. */
function groupsOf(service: Service, pods: readonly Pod[], cluster: KubernetesCluster): Group[] {
  const groups = new Map<string, Group>();
  for (const pod of [...pods].sort((a, b) => a.metadata.name.localeCompare(b.metadata.name))) {
    const ports = portsFor(service, pod);
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports: ports.length > 0 ? ports : null, endpoints: [] };
    group.endpoints.push(endpointOf(service, pod, cluster));
    groups.set(key, group);
  }
  return [...groups.values()];
}

function portsFor({ spec }: Service, pod: Pod) {
  return (spec.ports ?? []).flatMap(({ name = '', port, targetPort = port, protocol = 'TCP' }) => {
    const number =
      typeof targetPort === 'number' ? targetPort : namedPort(pod, targetPort, protocol);
    // A name that no container declares is left out, and with it the port.
    return number === undefined ? [] : [{ name, port: number, protocol }];
  });
}

const namedPort = ({ spec }: Pod, wanted: string, protocol: string): number | undefined =>
  spec.containers
    .flatMap(({ ports = [] }) => ports)
    .find(port => port.name === wanted && (port.protocol ?? 'TCP') === protocol)?.containerPort;

function endpointOf(service: Service, pod: Pod, cluster: KubernetesCluster): Endpoint {
  const { name, namespace, uid, deletionTimestamp } = pod.metadata;
  const { nodeName, hostname, subdomain } = pod.spec;
  const node = nodeName ? cluster.get({ kind: 'Node', name: nodeName }) : undefined;
  const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
  const serving = isReady(pod);
  const terminating = deletionTimestamp !== undefined;
  const always = service.spec.publishNotReadyAddresses === true;
  return {
    addresses: [pod.status.podIP ?? ''],
    conditions: { ready: always || (serving && !terminating), serving, terminating },
    ...(hostname && subdomain === service.metadata.name && { hostname }),
    ...(nodeName && { nodeName }),
    ...(zone && { zone }),
    targetRef: { kind: 'Pod', namespace, name, uid },
  };
}

function write(
  service: Service,
  existing: EndpointSlice | undefined,
  { ports, endpoints }: Group,
  cluster: KubernetesCluster,
): void {
  const { name, namespace, labels } = service.metadata;
  const content = { endpoints: endpoints.length > 0 ? endpoints : null, ports };
  if (existing) {
    cluster.modify(existing, draft => Object.assign(draft, content));
    return;
  }
  cluster.create({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: '',
      generateName: `${name}-`,
      namespace,
      labels: {
        ...labels,
        'endpointslice.kubernetes.io/managed-by': MANAGED_BY,
        'kubernetes.io/service-name': name,
        ...(service.spec.clusterIP === 'None' && { 'service.kubernetes.io/headless': '' }),
      },
      annotations: {
        'endpoints.kubernetes.io/last-change-trigger-time': timestamp(cluster.timeline.now()),
      },
      ownerReferences: [controllerRefTo(service)],
    },
    addressType: 'IPv4',
    ...content,
  });
}
