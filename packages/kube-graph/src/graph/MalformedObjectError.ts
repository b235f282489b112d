import { formatRef, type ObjectRef } from './ref';

/** An object that is none of its kind: a map where the API has a list, a number where it has a name. */
export class MalformedObjectError extends Error {
  readonly ref: ObjectRef;

  constructor(ref: ObjectRef, cause: unknown) {
    super(`${formatRef(ref)} is malformed: ${cause instanceof Error ? cause.message : cause}`, {
      cause,
    });
    this.name = 'MalformedObjectError';
    this.ref = ref;
  }
}
