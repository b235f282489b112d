import { ConflictError } from '@backstage/errors';

/** For hosts that say in words only that a name is taken: what their message then holds. */
export const asConflict =
  (taken: RegExp) =>
  (error: Error): never => {
    if (taken.test(error.message)) throw new ConflictError(error.message, error);
    throw error;
  };
