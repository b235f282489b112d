import type { IncomingMessage } from 'node:http';

/** What a request asks for, before anybody looks whether it exists or is allowed. */
export type RequestInfo = PathRequest | ResourceRequest;

export interface PathRequest {
  readonly type: 'path';
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface ResourceRequest {
  readonly type: 'resource';
  readonly verb: Verb | undefined;
  readonly method: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespace?: string;
  readonly name?: string;
  readonly subresource?: string;
  readonly query: URLSearchParams;
}

export type Verb = 'get' | 'list' | 'watch' | 'create' | 'update' | 'patch' | 'delete';

/** Takes a URL apart as k8s.io/apiserver pkg/endpoints/request/requestinfo.go does. */
export function parseRequestInfo({ method = 'GET', url = '/' }: IncomingMessage): RequestInfo {
  const { pathname, searchParams: query } = new URL(url, 'http://loopback');
  const [root, ...parts] = pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const path = { type: 'path', method, path: pathname, query } as const;
  const grouped = root === 'apis';
  if (!grouped && root !== 'api') return path;
  const [group, version, ...rest] = grouped ? parts : ['', ...parts];
  if (rest.length === 0) return path;
  const address = addressOf(rest);
  return {
    type: 'resource',
    verb: verbOf(method, address, query),
    method,
    group,
    version,
    ...address,
    query,
  };
}

type Address = Pick<ResourceRequest, 'plural' | 'namespace' | 'name' | 'subresource'>;

const NAMESPACE_PARTS = ['status', 'finalize'];

function addressOf(parts: readonly string[]): Address {
  const [first, second, third] = parts;
  const insideNamespace =
    first === 'namespaces' && third !== undefined && !NAMESPACE_PARTS.includes(third);
  if (insideNamespace) {
    const [, namespace, plural, name, ...subresource] = parts;
    return { plural, namespace, name, ...(subresource[0] && { subresource: subresource[0] }) };
  }
  return { plural: first, name: second, ...(third && { subresource: third }) };
}

function verbOf(method: string, { name }: Address, query: URLSearchParams): Verb | undefined {
  switch (method) {
    case 'GET':
    case 'HEAD':
      if (name) return 'get';
      return ['1', 'true'].includes(query.get('watch') ?? '') ? 'watch' : 'list';
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name ? 'delete' : undefined;
    default:
      return undefined;
  }
}
