/**
 * The value without fields that are null, as the API server reads it: `labels:` with nothing behind it is a common slip of
 * templates and means the same as no labels. Values without nulls are returned as they are, list positions never move.
 */
export const withoutNulls = <T extends object>(value: T): T =>
  holdsNull(value) ? (strip(value) as T) : value;

/** Nulls are rare and every object of a cluster passes here. */
function holdsNull(value: object): boolean {
  if (Array.isArray(value)) return value.some(holdsNullInside);
  const fields = value as Readonly<Record<string, unknown>>;
  // eslint-disable-next-line guard-for-in -- parsed objects inherit no fields, and a list of each one's own takes three times as long
  for (const name in fields) {
    const field = fields[name];
    if (field === null || holdsNullInside(field)) return true;
  }
  return false;
}

const holdsNullInside = (item: unknown) =>
  typeof item === 'object' && item !== null && holdsNull(item);

function strip(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(strip);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([key, field]) => [key, strip(field)]),
  );
}
