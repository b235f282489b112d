import type { ApiResource } from '@waymark/kube-graph';

/** What one list+watch reads. */
export interface WatchedResource extends ApiResource {
  readonly kind: string;
  /** Default: all namespaces. */
  readonly namespace?: string;
  readonly fieldSelector?: string;
  readonly labelSelector?: string;
  /** Objects a page. Default 500, as kubectl asks for. */
  readonly pageSize?: number;
}

export const apiVersionOf = ({ group, version }: ApiResource) =>
  group ? `${group}/${version}` : version;

/** Path and query on the API server; undefined parameters are left out. */
export function requestPath(
  resource: WatchedResource,
  parameters: Readonly<Record<string, string | undefined>>,
): string {
  const { group, version, namespace, fieldSelector, labelSelector } = resource;
  const root = group ? `/apis/${group}/${version}` : `/api/${version}`;
  const scope = namespace ? `/namespaces/${encodeURIComponent(namespace)}` : '';
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ fieldSelector, labelSelector, ...parameters })) {
    if (value) query.set(name, value);
  }
  return `${root}${scope}/${resource.resource}?${query}`;
}
