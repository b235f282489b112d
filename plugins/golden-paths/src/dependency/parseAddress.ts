import { type Dependency, kindByPort, kindByWord, withUsual } from './Dependency';

const ADDRESS =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?([a-z0-9](?:[-a-z0-9.]*[a-z0-9])?)(?::([0-9]{1,5}))?\/?$/;
/** In-cluster DNS as Kubernetes writes it: <service>.<namespace>.svc, with or without the cluster's domain. */
const IN_CLUSTER =
  /^([a-z](?:[-a-z0-9]{0,38}[a-z0-9])?)\.([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\.svc(?:\..+)?$/;
const LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const LONGEST_NAME = 40;
/** Of kinds that have a scheme without TLS too: https is a kind of its own. */
const TLS_SCHEMES = ['amqps', 'rediss'];

/**
 * What somebody typed who did not find it in the catalog: `host:port`, a URL without a path, or the bare name of a Service.
 * Undefined where it is none of them.
 */
export function parseAddress(text: string): Dependency | undefined {
  const [, scheme, address, digits] = ADDRESS.exec(text.trim().toLowerCase()) ?? [];
  if (!address || address.length > 253) return undefined;
  const port = digits === undefined ? undefined : Number(digits);
  if (port !== undefined && (port < 1 || port > 65535)) return undefined;
  const known = scheme ? kindByWord([scheme.split('+')[0]]) : undefined;
  const type = known ?? kindByPort(port);
  const tls = TLS_SCHEMES.includes(scheme);
  return withUsual({
    ...place(address),
    ...(type && { type }),
    ...(port && { port }),
    ...(tls && { tls }),
  });
}

function place(address: string): Pick<Dependency, 'name' | 'namespace' | 'host'> {
  const [, service, namespace] = IN_CLUSTER.exec(address) ?? [];
  if (service) return { name: service, namespace };
  if (LABEL.test(address) && address.length <= LONGEST_NAME) return { name: address };
  return { name: nameOf(address), host: address };
}

/** The first label of a host; an IP address has none that could be a name. */
function nameOf(host: string): string {
  const [label] = host.split('.');
  if (LABEL.test(label) && label.length <= LONGEST_NAME) return label;
  return `at-${host.replace(/\./g, '-')}`.slice(0, LONGEST_NAME).replace(/-+$/, '');
}
