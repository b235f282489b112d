import { isJsonObject, isSet, type JsonObject, mergeKeyOf } from './listKeys';

const DELETE_FROM = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';

/**
 * Kubernetes' strategic merge patch: like a merge patch, but lists with a merge key merge entry by entry, and
 * `$patch: delete|replace`, `$retainKeys`, `$deleteFromPrimitiveList` steer it. `$setElementOrder` only orders
 * entries, which none of the kinds here depends on: it is accepted and not acted upon.
 */
export function strategicMergePatch(target: unknown, patch: unknown): unknown {
  if (!isJsonObject(patch)) return patch;
  const { $patch, $retainKeys, ...fields } = patch;
  if ($patch === 'replace') return fields;
  const result: JsonObject = isJsonObject(target) ? { ...target } : {};
  if (Array.isArray($retainKeys)) {
    for (const field of Object.keys(result)) if (!$retainKeys.includes(field)) delete result[field];
  }
  for (const [field, value] of Object.entries(fields)) patchField(result, field, value);
  return result;
}

function patchField(result: JsonObject, field: string, value: unknown): void {
  if (field.startsWith(ORDER)) return;
  if (field.startsWith(DELETE_FROM)) {
    const name = field.slice(DELETE_FROM.length);
    const dropped = Array.isArray(value) ? value : [];
    result[name] = listOf(result[name]).filter(entry => !dropped.includes(entry));
    return;
  }
  if (value === null || (isJsonObject(value) && value.$patch === 'delete')) {
    delete result[field];
    return;
  }
  result[field] = Array.isArray(value)
    ? mergeList(field, listOf(result[field]), value)
    : strategicMergePatch(result[field], value);
}

function mergeList(field: string, current: unknown[], patch: unknown[]): unknown[] {
  if (isSet(field)) return [...new Set([...current, ...patch])];
  const directives = patch.filter(isJsonObject);
  if (directives.some(({ $patch }) => $patch === 'replace')) {
    return patch.filter(entry => !(isJsonObject(entry) && entry.$patch === 'replace'));
  }
  const key = mergeKeyOf(field, current, patch);
  if (!key) return patch;
  const result = current.filter(isJsonObject);
  for (const entry of directives) {
    const index = result.findIndex(existing => existing[key] === entry[key]);
    if (entry.$patch === 'delete') {
      if (index >= 0) result.splice(index, 1);
    } else if (index >= 0) {
      result[index] = strategicMergePatch(result[index], entry) as JsonObject;
    } else {
      result.push(strategicMergePatch({}, entry) as JsonObject);
    }
  }
  return result;
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
