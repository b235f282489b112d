/**
 * The value without fields that are null, as the API server reads it: `labels:` with nothing behind it is a common slip of
 * templates and means the same as no labels. Values without nulls are returned as they are, list positions never move.
 */
export const withoutNulls = <T extends object>(value: T): T =>
  holdsNull(value) ? (strip(value) as T) : value;

/** Nulls are rare and every object of a cluster passes here. */
function holdsNull(value: object): boolean {
  const list = Array.isArray(value);
  for (const field of list ? value : Object.values(value)) {
    if (field === null ? !list : typeof field === 'object' && holdsNull(field)) return true;
  }
  return false;
}

function strip(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(strip);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([key, field]) => [key, strip(field)]),
  );
}
