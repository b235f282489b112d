import { randomInt, randomUUID } from 'node:crypto';

/** Where names that nobody chose come from; a test counts instead of throwing dice. */
export interface Identities {
  uid(): string;
  /** Five characters for `generateName`. */
  suffix(): string;
}

// k8s.io/apimachinery pkg/util/rand: no vowels, no 0, 1 and 3, so that no word comes out.
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

export const randomIdentities: Identities = {
  uid: () => randomUUID(),
  suffix: () => Array.from({ length: 5 }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
};

export const countedIdentities = (): Identities => {
  let uids = 0;
  let suffixes = 0;
  return {
    uid: () => `00000000-0000-4000-8000-${String(++uids).padStart(12, '0')}`,
    suffix: () =>
      (++suffixes)
        .toString(9)
        .padStart(5, '0')
        .replace(/\d/g, digit => ALPHABET[+digit]),
  };
};
