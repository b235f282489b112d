import type { KubernetesCluster } from '../KubernetesCluster';
import type { KubeObject } from '../objects/KubeObject';
import { isPatchType, patchObject } from '../patch/patchObject';
import { apiVersionOf, type Resource } from '../resources/Resource';
import { ApiError } from '../status/ApiError';
import { badRequest, notFound } from '../status/refusals';
import type { ResourceRequest } from './RequestInfo';
import { parseBody, parseText, type RequestBody } from './requestBody';

/** One write request to an existing resource type; `request.subresource` is absent or `status`. */
export interface ResourceWrite {
  readonly cluster: KubernetesCluster;
  readonly resource: Resource;
  readonly request: ResourceRequest;
  readonly body: RequestBody;
}

const isDryRun = ({ query }: ResourceRequest) => query.get('dryRun') === 'All';
const partOf = ({ subresource }: ResourceRequest) => (subresource === 'status' ? 'status' : 'all');

export function createObject(write: ResourceWrite): KubeObject {
  const { cluster, request, body } = write;
  const object = addressed(parseBody(body), write);
  return cluster.create(object, { dryRun: isDryRun(request) });
}

export function updateObject(write: ResourceWrite): KubeObject {
  const { cluster, request, body } = write;
  const object = addressed(parseBody(body), write);
  return cluster.update(object, { part: partOf(request), dryRun: isDryRun(request) });
}

export function patchResource(write: ResourceWrite): KubeObject {
  const { cluster, resource, request, body } = write;
  const { name = '', namespace } = request;
  const dryRun = isDryRun(request);
  if (body.mediaType === 'application/apply-patch+yaml') {
    const object = addressed(parseText(body.text, 'application/yaml'), write);
    const manager = request.query.get('fieldManager') ?? undefined;
    if (!manager) throw badRequest('fieldManager is required for apply patch');
    return cluster.apply(object, { manager, dryRun });
  }
  if (!isPatchType(body.mediaType)) {
    throw new ApiError(415, 'UnsupportedMediaType', '415: Unsupported Media Type', { details: {} });
  }
  const current = cluster.store.get(resource, { namespace, name });
  if (!current) throw notFound(resource, name);
  const patched = patchObject(current, body.mediaType, parseText(body.text, 'application/json'));
  return cluster.update(addressed(patched, write), { part: partOf(request), dryRun });
}

/** The object that the URL names: what it leaves out is filled in, what it contradicts is refused. */
function addressed(value: unknown, { resource, request }: ResourceWrite): unknown {
  if (typeof value !== 'object' || value === null) {
    throw badRequest(`the object provided is unrecognized (must be of type ${resource.kind})`);
  }
  const object = value as Partial<KubeObject>;
  const { kind = resource.kind, apiVersion = apiVersionOf(resource), metadata } = object;
  if (kind !== resource.kind || apiVersion !== apiVersionOf(resource)) {
    throw badRequest(
      `${kind} in version "${apiVersion}" cannot be handled as a ${resource.kind}: ` +
        `converting to (${resource.kind}): unknown conversion`,
    );
  }
  const { name, namespace } = request;
  if (name && metadata?.name && metadata.name !== name) {
    throw badRequest(
      `the name of the object (${metadata.name}) does not match the name on the URL (${name})`,
    );
  }
  if (namespace && metadata?.namespace && metadata.namespace !== namespace) {
    throw badRequest(
      'the namespace of the provided object does not match the namespace sent on the request',
    );
  }
  return {
    ...object,
    kind,
    apiVersion,
    metadata: { ...metadata, ...(name && { name }), ...(namespace && { namespace }) },
  };
}
