import type { IncomingMessage } from 'node:http';
import type { KubernetesCluster } from '../KubernetesCluster';
import type { Resource } from '../resources/Resource';
import { methodNotAllowed, noSuchResource, notFound } from '../status/refusals';
import { answerAccessReview } from './accessReview';
import { type ApiAnswer, created, ok, pageNotFound } from './ApiAnswer';
import { authenticate, authorize } from './authorize';
import { deleteObject, parseRemoveOptions } from './deleteResource';
import { answerPath } from './discovery';
import { parseListOptions } from './listOptions';
import { listResource } from './listResource';
import { answerPodLog, type PodLogs } from './podLog';
import { mediaTypeOf, presentationFor, presentList, presentOne } from './present';
import { readBody, type RequestBody } from './requestBody';
import { parseRequestInfo, type ResourceRequest } from './RequestInfo';
import type { TokenGrant } from './TokenGrant';
import { WatchStream } from './WatchStream';
import { createObject, patchResource, updateObject } from './writeResource';

export interface ApiHandlerOptions {
  readonly cluster: KubernetesCluster;
  readonly tokens: readonly TokenGrant[];
  readonly logs?: PodLogs;
}

/** Answers one request, or throws an `ApiError`. */
export const createApiHandler =
  ({ cluster, tokens, logs }: ApiHandlerOptions) =>
  async (request: IncomingMessage): Promise<ApiAnswer> => {
    const grant = authenticate(request.headers.authorization, tokens);
    const info = parseRequestInfo(request);
    authorize(grant, info);
    const { accept = '' } = request.headers;
    if (info.type === 'path') return answerPath(info, cluster.resources, accept);

    const body = await readBody(request);
    const review = answerAccessReview(info, body, grant);
    if (review) return review;
    const resource = cluster.resources.byPath(info.group, info.version, info.plural);
    if (!resource) {
      if (cluster.resources.all().some(({ group }) => group === info.group)) throw noSuchResource();
      return pageNotFound;
    }
    return info.subresource
      ? answerSubresource({ cluster, resource, info, body, accept, logs })
      : answerResource({ cluster, resource, info, body, accept });
  };

interface Asked {
  readonly cluster: KubernetesCluster;
  readonly resource: Resource;
  readonly info: ResourceRequest;
  readonly body: RequestBody;
  readonly accept: string;
  readonly logs?: PodLogs;
}

function answerResource({ cluster, resource, info, body, accept }: Asked): ApiAnswer {
  const presentation = presentationFor(accept);
  const { namespace, query } = info;
  const write = { cluster, resource, request: info, body };
  const inList = { ...namespaceOf(namespace), ...parseListOptions(query, resource) };
  if (resource.namespaced && !namespace && !['list', 'watch'].includes(info.verb ?? '')) {
    throw methodNotAllowed();
  }
  switch (info.verb) {
    case 'list': {
      const { items, metadata } = listResource(cluster, resource, inList);
      return ok(
        presentList(items, resource, presentation, metadata),
        mediaTypeOf(presentation, true),
      );
    }
    case 'watch':
      return {
        type: 'stream',
        start: response =>
          void WatchStream.start(
            { cluster, resource, namespace, options: inList, presentation },
            response,
          ),
      };
    case 'get':
      return ok(presentOne(existing(write), presentation), mediaTypeOf(presentation, false));
    case 'create':
      return created(createObject(write));
    case 'update':
      return ok(updateObject(write));
    case 'patch':
      return ok(patchResource(write));
    case 'delete':
      return ok(deleteObject(cluster, resource, info, parseRemoveOptions(info, body)));
    default:
      throw methodNotAllowed();
  }
}

const namespaceOf = (namespace: string | undefined) => (namespace ? { namespace } : {});

function existing({
  cluster,
  resource,
  request,
}: {
  cluster: KubernetesCluster;
  resource: Resource;
  request: ResourceRequest;
}) {
  const { namespace, name = '' } = request;
  const object = cluster.store.get(resource, { namespace, name });
  if (!object) throw notFound(resource, name);
  return object;
}

function answerSubresource({ cluster, resource, info, body, logs }: Asked): ApiAnswer {
  const write = { cluster, resource, request: info, body };
  if (resource.kind === 'Pod' && info.subresource === 'log' && logs) {
    return answerPodLog(cluster, info, logs);
  }
  if (info.subresource !== 'status' || !resource.statusSubresource) throw noSuchResource();
  switch (info.verb) {
    case 'get':
      return ok(existing(write));
    case 'update':
      return ok(updateObject(write));
    case 'patch':
      return ok(patchResource(write));
    default:
      throw methodNotAllowed();
  }
}
