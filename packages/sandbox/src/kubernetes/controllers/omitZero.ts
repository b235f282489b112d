type NonZero<T> = { [K in keyof T]?: T[K] };

/** Drops counts that are zero, which Go leaves out of the JSON (`omitempty`). */
export const omitZero = <T extends Record<string, number | undefined>>(counts: T): NonZero<T> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count)) as NonZero<T>;
