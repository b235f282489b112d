import {
  allContainers,
  calledHosts,
  idOf,
  type Container,
  type Graph,
  type Service,
  type Workload,
} from '@waymark/kube-graph';
import { gapIn, type Gap } from '../engine';

export interface CalledServices {
  /** Services that the workload's configuration names, its own left out. */
  readonly services: readonly Service[];
  /** Set when more may be named than could be read. */
  readonly gap?: Gap;
}

/**
 * Which Services a workload calls: the `host[:port]` values of its environment and of the ConfigMaps behind it that are the
 * DNS name of a known Service. A live store keeps no such value; the answer then has a gap.
 */
export function calledServices(workload: Workload, graph: Graph): CalledServices {
  const values = allContainers(workload).flatMap(({ container }) =>
    valuesOf(container, workload, graph),
  );
  const own = new Set(graph.servicesOf(workload).map(idOf));
  const services = values.flatMap(value =>
    calledHosts(value ?? '').flatMap(({ host }) => serviceAt(host, workload, graph) ?? []),
  );
  const called = new Map(
    services.filter(service => !own.has(idOf(service))).map(service => [idOf(service), service]),
  );
  const gap = gapIn(graph, 'Service', 'ConfigMap') ?? withheld(values, workload);
  return { services: [...called.values()], ...(gap && { gap }) };
}

/** The values that a container's environment is made of, Secrets left out; undefined for one that is there but not kept. */
function valuesOf(
  { env = [], envFrom = [] }: Container,
  { metadata }: Workload,
  graph: Graph,
): (string | undefined)[] {
  const entriesOf = (name = '') =>
    Object.entries(graph.get('ConfigMap', metadata.namespace, name)?.data ?? {});
  const literals = new Map<string, string>();
  const direct = env.flatMap(({ name, value, valueFrom }) => {
    if (valueFrom) {
      const { configMapKeyRef: ref } = valueFrom;
      return entriesOf(ref?.name).flatMap(([key, kept]) =>
        key === ref?.key ? [kept || undefined] : [],
      );
    }
    const expanded = value?.replace(/\$\(([\w.-]+)\)/g, (whole, key) => literals.get(key) ?? whole);
    if (expanded !== undefined) literals.set(name, expanded);
    return [expanded];
  });
  const whole = envFrom.flatMap(({ configMapRef }) =>
    entriesOf(configMapRef?.name).map(([, kept]) => kept || undefined),
  );
  return [...direct, ...whole];
}

/** `cart`, `cart.shop`, `cart.shop.svc`, `cart.shop.svc.cluster.local`; anything longer is outside of the cluster. */
function serviceAt(host: string, { metadata }: Workload, graph: Graph): Service | undefined {
  const [name, namespace = metadata.namespace, svc = 'svc', ...domain] = host.split('.');
  if (svc !== 'svc' || !['', 'cluster.local'].includes(domain.join('.'))) return undefined;
  return graph.get('Service', namespace, name);
}

/** Values are withheld all at once: where any can be read, an absent one is empty. */
const withheld = (values: readonly (string | undefined)[], { kind }: Workload): Gap | undefined =>
  values.length && values.every(value => value === undefined)
    ? {
        kind,
        coverage: {
          state: 'missing',
          reason: 'not-listed',
          message: 'values of environment variables are not kept',
        },
      }
    : undefined;
