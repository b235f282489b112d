/** Sets the fields that are absent; what is there stays, null included. */
export function fill<T extends object>(target: T, defaults: Partial<T>): void {
  for (const [field, value] of Object.entries(defaults)) {
    const record = target as Record<string, unknown>;
    if (record[field] === undefined) record[field] = value;
  }
}
