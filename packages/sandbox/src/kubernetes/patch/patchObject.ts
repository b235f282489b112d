import { copy } from '../objects/copy';
import jsonPatch, { type Operation } from 'fast-json-patch';
import type { KubeObject } from '../objects/KubeObject';
import { ApiError } from '../status/ApiError';
import { badRequest } from '../status/refusals';
import { mergePatch } from './mergePatch';
import { strategicMergePatch } from './strategicMergePatch';

/** Media types of PATCH, without `application/apply-patch+yaml`, which may also create. */
export const patchTypes = [
  'application/json-patch+json',
  'application/merge-patch+json',
  'application/strategic-merge-patch+json',
] as const;

export type PatchType = (typeof patchTypes)[number];

export const isPatchType = (type: string): type is PatchType =>
  (patchTypes as readonly string[]).includes(type);

/** The object as the patch makes it; identity and versions are checked by the store. */
export function patchObject(object: KubeObject, type: PatchType, patch: unknown): unknown {
  switch (type) {
    case 'application/merge-patch+json':
      return mergePatch(object, patch);
    case 'application/strategic-merge-patch+json':
      return strategicMergePatch(object, patch);
    default:
      return applyOperations(object, patch);
  }
}

function applyOperations(object: KubeObject, patch: unknown): unknown {
  if (!Array.isArray(patch)) throw badRequest('json patch: expected a list of operations');
  try {
    return jsonPatch.applyPatch(copy(object), patch as Operation[]).newDocument;
  } catch (cause) {
    // The API server says no more than this when an operation does not apply, a failed `test` included.
    throw new ApiError(
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
      { details: {}, cause },
    );
  }
}
