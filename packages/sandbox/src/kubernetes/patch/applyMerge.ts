import { isJsonObject, type JsonObject, mergeKeyOf } from './listKeys';

/**
 * What a live object becomes when a manager applies its intent: fields of the intent win, fields that the same
 * manager applied before and now leaves out go away, everything else stays as others left it. Unlike the API
 * server we never report a conflict between managers: the last one wins, as with `--force-conflicts`.
 */
export function applyMerge(live: unknown, intent: JsonObject, before: unknown): JsonObject {
  const result: JsonObject = isJsonObject(live) ? { ...live } : {};
  const previous = isJsonObject(before) ? before : {};
  for (const field of Object.keys(previous)) if (!(field in intent)) delete result[field];
  for (const [field, value] of Object.entries(intent)) {
    if (value === null || value === undefined) delete result[field];
    else result[field] = applyValue(field, result[field], value, previous[field]);
  }
  return result;
}

function applyValue(field: string, live: unknown, intent: unknown, before: unknown): unknown {
  if (isJsonObject(intent)) return applyMerge(live, intent, before);
  if (Array.isArray(intent)) return applyList(field, listOf(live), intent, listOf(before));
  return intent;
}

function applyList(
  field: string,
  live: unknown[],
  intent: unknown[],
  before: unknown[],
): unknown[] {
  const key = mergeKeyOf(field, live, intent, before);
  if (!key) return intent;
  const find = (list: unknown[], entry: JsonObject) =>
    list.filter(isJsonObject).find(other => other[key] === entry[key]);
  const applied = intent
    .filter(isJsonObject)
    .map(entry => applyMerge(find(live, entry), entry, find(before, entry)));
  const foreign = live
    .filter(isJsonObject)
    .filter(entry => !find(intent, entry) && !find(before, entry));
  return [...applied, ...foreign];
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);
