/** A commit hash may by chance hold letters only. Git abbreviates to seven characters or more. */
const COMMIT = /(?:^|[._-])[a-f]{7,40}(?:$|[._-])/;

/** Whether a tag names a moving target: one of the given names, or a word instead of a version (`redis:alpine`). */
export function isMutableTag(tag: string, names: readonly string[]): boolean {
  return names.includes(tag) || (!/\d/.test(tag) && !COMMIT.test(tag));
}
