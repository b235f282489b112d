import type { Dependency } from './Dependency';

/** Where a dependency is, as one writes it: host:port, or name.namespace:port in the cluster. */
export function formatAddress({ name, host, namespace, port }: Dependency): string {
  const address = host ?? (namespace ? `${name}.${namespace}` : name);
  return port ? `${address}:${port}` : address;
}
