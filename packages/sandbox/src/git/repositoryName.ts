const MAX_LENGTH = 100;
const RESERVED = new Set(['.', '..', '-']);
const RESERVED_SUFFIX = /\.(git|wiki|rss|atom)$/i;

/** Why Gitea would not take that name for a repository or an organisation, in its own words; undefined if it would. */
export function refusedName(name: unknown): string | undefined {
  if (typeof name !== 'string' || name === '') return '[Name]: Required';
  if (/[^A-Za-z0-9_.-]/.test(name)) return '[Name]: AlphaDashDot';
  if (name.length > MAX_LENGTH) return '[Name]: MaxSize';
  const suffix = RESERVED_SUFFIX.exec(name);
  if (suffix) return `name pattern is not allowed [pattern: *${suffix[0].toLowerCase()}]`;
  if (RESERVED.has(name)) {
    return `name is invalid [${name}]: must be valid alpha or numeric or dash(-_) or dot characters`;
  }
  return undefined;
}
