/**
 * The value without fields that are null, as the API server reads it: `labels:` with nothing behind it is a common slip of
 * templates and means the same as no labels. Values without nulls are returned as they are, list positions never move.
 */
export function withoutNulls<T>(value: T): T {
  return strip(value) as T;
}

function strip(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) {
    const items = value.map(strip);
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  const entries = Object.entries(value);
  const kept = entries
    .filter(([, field]) => field !== null)
    .map(([key, field]) => [key, strip(field)] as const);
  const same =
    kept.length === entries.length && kept.every(([, field], index) => field === entries[index][1]);
  return same ? value : Object.fromEntries(kept);
}
