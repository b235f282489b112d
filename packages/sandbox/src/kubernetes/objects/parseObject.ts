import { copy } from './copy';
import { badRequest } from '../status/refusals';
import type { KubeObject, ObjectMeta } from './KubeObject';

/** Takes an object from outside: a private copy, with kind, apiVersion and metadata or a 400. */
export function parseObject(value: unknown): KubeObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('the object provided is unrecognized (must be of type object)');
  }
  const { apiVersion, kind, metadata, ...rest } = value as Record<string, unknown>;
  if (typeof kind !== 'string' || !kind) throw badRequest("Object 'Kind' is missing");
  if (typeof apiVersion !== 'string' || !apiVersion) {
    throw badRequest("Object 'apiVersion' is missing");
  }
  if (typeof metadata !== 'object' || metadata === null) {
    throw badRequest("Object 'metadata' is missing");
  }
  return copy({ apiVersion, kind, metadata: metadata as ObjectMeta, ...rest });
}
