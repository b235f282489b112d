import { detectors, lastResort } from '../causes/detectors';
import { partialForm } from '../causes/leads';

const all = [...detectors, lastResort];

const PARTIAL = '.some';

/**
 * Sentence by code, with `{{arg}}` placeholders. A code whose sentence speaks of all pods has a second one under
 * `<code>.some`; `messageKeyOf` says which of the two is true. Flat, so that a translation can take it as it is.
 */
export const causeMessages: Readonly<Record<string, string>> = Object.fromEntries(
  all
    .flatMap(({ messages }) => Object.entries(messages))
    .flatMap(([code, message]) => {
      const partial = partialForm(message);
      return [[code, message], ...(partial ? [[`${code}${PARTIAL}`, partial]] : [])];
    }),
);

/** What to do next, by code. */
export const causeRemedies: Readonly<Record<string, string>> = Object.fromEntries(
  all.flatMap(({ remedies }) => Object.entries(remedies)),
);

/** The message that is true of this cause: of all pods of the workload, or of some. */
export function messageKeyOf({ code, args }: { readonly code: string; readonly args: object }) {
  const { pods, of } = args as { pods?: number; of?: number };
  const some = pods !== undefined && of !== undefined && pods < of;
  return some && `${code}${PARTIAL}` in causeMessages ? `${code}${PARTIAL}` : code;
}
