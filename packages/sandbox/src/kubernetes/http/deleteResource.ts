import type { KubernetesCluster, RemoveOptions } from '../KubernetesCluster';
import type { KubeObject } from '../objects/KubeObject';
import type { Resource } from '../resources/Resource';
import { apiVersionOf } from '../resources/Resource';
import type { ListOptions } from './listOptions';
import type { ResourceRequest } from './RequestInfo';
import { parseText, type RequestBody } from './requestBody';

/** `DeleteOptions` from the body and, where the body is silent, from the query. */
export function parseRemoveOptions({ query }: ResourceRequest, body: RequestBody): RemoveOptions {
  const parsed = body.text ? (parseText(body.text, body.mediaType) as Record<string, unknown>) : {};
  const grace = parsed.gracePeriodSeconds ?? query.get('gracePeriodSeconds') ?? undefined;
  const propagation = parsed.propagationPolicy ?? query.get('propagationPolicy') ?? undefined;
  const { uid } = (parsed.preconditions ?? {}) as { uid?: string };
  const dryRun = query.get('dryRun') === 'All' || Array.isArray(parsed.dryRun);
  return {
    dryRun,
    uid,
    gracePeriodSeconds: grace === undefined ? undefined : Number(grace),
    propagation: propagation as RemoveOptions['propagation'],
  };
}

/** What a DELETE of one object answers: the object while it lingers, else that it is gone. */
export function deleteObject(
  cluster: KubernetesCluster,
  resource: Resource,
  { namespace, name = '' }: ResourceRequest,
  options: RemoveOptions,
): unknown {
  const { kind } = resource;
  const removed = cluster.remove(
    { apiVersion: apiVersionOf(resource), kind, namespace, name },
    options,
  );
  const lingers = cluster.store.get(resource, { namespace, name });
  if (lingers || kind === 'Pod') return removed;
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: {
      name,
      ...(resource.group && { group: resource.group }),
      kind: resource.plural,
      uid: removed.metadata.uid,
    },
  };
}

export function deleteCollection(
  cluster: KubernetesCluster,
  resource: Resource,
  selection: ListOptions & { namespace?: string },
  options: RemoveOptions,
): KubeObject[] {
  return cluster.store
    .list(resource, selection.namespace)
    .filter(selection.selects)
    .map(({ kind, apiVersion, metadata }) =>
      cluster.remove({ apiVersion, kind, ...metadata }, { ...options, uid: undefined }),
    );
}
