import type { KubernetesCluster, RemoveOptions } from '../KubernetesCluster';
import type { Resource } from '../resources/Resource';
import { apiVersionOf } from '../resources/Resource';
import type { ResourceRequest } from './RequestInfo';
import { parseText, type RequestBody } from './requestBody';

/** `DeleteOptions` from the body and, where the body is silent, from the query. */
export function parseRemoveOptions({ query }: ResourceRequest, body: RequestBody): RemoveOptions {
  const parsed = body.text ? (parseText(body.text, body.mediaType) as Record<string, unknown>) : {};
  const grace = parsed.gracePeriodSeconds ?? query.get('gracePeriodSeconds') ?? undefined;
  const { uid } = (parsed.preconditions ?? {}) as { uid?: string };
  const dryRun = query.get('dryRun') === 'All' || Array.isArray(parsed.dryRun);
  return {
    dryRun,
    uid,
    gracePeriodSeconds: grace === undefined ? undefined : Number(grace),
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
