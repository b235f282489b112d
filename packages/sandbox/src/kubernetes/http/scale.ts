import type { KubernetesCluster } from '../KubernetesCluster';
import type { KubeObject } from '../objects/KubeObject';
import type { Deployment, ReplicaSet, StatefulSet } from '../objects/workload';
import { isPatchType, patchObject } from '../patch/patchObject';
import type { Resource } from '../resources/Resource';
import { requirementsOf } from '../selectors/LabelSelector';
import {
  methodNotAllowed,
  noSuchResource,
  notFound,
  unsupportedMediaType,
} from '../status/refusals';
import { type ApiAnswer, ok } from './ApiAnswer';
import type { ResourceRequest } from './RequestInfo';
import { parseBody, parseText, type RequestBody } from './requestBody';

type Scalable = Deployment | ReplicaSet | StatefulSet;

/** The `scale` subresource: how `kubectl scale` and autoscalers set replicas without knowing the kind. */
export function answerScale(
  cluster: KubernetesCluster,
  resource: Resource,
  request: ResourceRequest,
  body: RequestBody,
): ApiAnswer {
  if (!['Deployment', 'ReplicaSet', 'StatefulSet'].includes(resource.kind)) throw noSuchResource();
  const { namespace, name = '', verb } = request;
  const current = cluster.store.get(resource, { namespace, name }) as Scalable | undefined;
  if (!current) throw notFound(resource, name);
  if (verb === 'get') return ok(scaleOf(current));
  const { spec } = wantedScale(scaleOf(current), verb, body) as { spec?: { replicas?: number } };
  const scaled = cluster.modify(current, draft => {
    draft.spec.replicas = spec?.replicas ?? 0;
  });
  return ok(scaleOf(scaled ?? current));
}

function wantedScale(current: KubeObject, verb: string | undefined, body: RequestBody): unknown {
  if (verb === 'update') return parseBody(body);
  if (verb !== 'patch') throw methodNotAllowed();
  if (!isPatchType(body.mediaType)) throw unsupportedMediaType([]);
  return patchObject(current, body.mediaType, parseText(body.text, 'application/json'));
}

function scaleOf({ metadata, spec, status }: Scalable): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = metadata;
  const selector = requirementsOf(spec.selector)
    .map(({ key, values }) => `${key}=${values[0]}`)
    .join(',');
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: spec.replicas },
    status: { replicas: status.replicas ?? 0, selector },
  };
}
