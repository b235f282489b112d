/**
 * The value without fields that are null, as the API server reads it: `labels:` with nothing behind it is a common slip of
 * templates and means the same as no labels. Values without nulls are returned as they are, list positions never move.
 */
export const withoutNulls = <T>(value: T): T => (holdsNull(value) ? (strip(value) as T) : value);

/** Nulls are rare and every object of a cluster passes here. */
const holdsNull = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(isNullInside)
    : Object.values(value as object).some(isNullField);

const isNullField = (field: unknown) => field === null || isNullInside(field);

const isNullInside = (item: unknown) =>
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
