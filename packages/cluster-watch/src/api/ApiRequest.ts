/** One request, under the names of the API server's own `apiserver_request_total`. */
export interface ApiRequest {
  readonly verb: 'get' | 'list' | 'watch';
  /** `pods`, `pods/log`; the path itself for what is no resource: `version`. */
  readonly resource: string;
  /** Of the answer; undefined when there was none. */
  readonly code?: number;
}

/** Told of every request once it was answered, or could not be. */
export type RequestRecorder = (request: ApiRequest) => void;

/** Reads a request from its path. Source: https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris */
export function apiRequestOf(path: string): Omit<ApiRequest, 'code'> {
  const [address, query] = path.split('?');
  const parts = address.split('/').filter(Boolean);
  const root = { api: 2, apis: 3 }[parts[0]];
  if (!root) return { verb: 'get', resource: parts.join('/') };
  const isNamespaced = parts[root] === 'namespaces' && parts.length > root + 2;
  const [resource, name, subresource] = parts.slice(isNamespaced ? root + 2 : root);
  if (name) return { verb: 'get', resource: subresource ? `${resource}/${subresource}` : resource };
  const isWatch = new URLSearchParams(query).has('watch');
  return { verb: isWatch ? 'watch' : 'list', resource };
}
