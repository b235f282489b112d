/** A private copy as it would come over the wire: fields without a value are left out. */
export const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));
