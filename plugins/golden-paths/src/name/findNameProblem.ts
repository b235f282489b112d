/** What keeps a text from being the name of a service, as a code and what was found. */
export interface NameProblem {
  readonly code: (typeof RULES)[number]['code'];
  /** The offending characters, or the length. */
  readonly found: string;
}

/**
 * The first rule that a name breaks, the plainest first. A name becomes a DNS label (RFC 1035 §2.3.1: letters, digits and
 * dashes, beginning with a letter), in small letters because Kubernetes asks for them.
 */
export function findNameProblem(name: string, longest: number): NameProblem | undefined {
  for (const { code, find } of RULES) {
    const found = find(name, longest);
    if (found) return { code, found };
  }
  return undefined;
}

const RULES = [
  { code: 'empty', find: (name: string) => name === '' && '0' },
  // Code points, as JSON schema counts them.
  { code: 'tooLong', find: (name: string, longest: number) => overlong([...name].length, longest) },
  { code: 'path', find: all(/\.{2,}[/\\]?|[/\\]/g) },
  { code: 'quotes', find: all(/["'`´‘’“”„«»]/g) },
  { code: 'space', find: all(/\s/g) },
  { code: 'capital', find: all(/\p{Lu}/gu) },
  { code: 'separator', find: all(/[._]/g) },
  { code: 'foreign', find: (name: string) => characters(name).filter(isForeign).join(' ') },
  { code: 'start', find: all(/^[^a-z]/g) },
  { code: 'end', find: all(/-$/g) },
] as const;

function overlong(length: number, longest: number) {
  return length > longest && String(length);
}

function all(pattern: RegExp) {
  return (name: string) => [...new Set(name.match(pattern))].join(' ');
}

/** What a person sees as one character: an emoji may be several code points. */
function characters(name: string) {
  return [...new Set(Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment))];
}

function isForeign(character: string) {
  return !/^[-a-z0-9]$/.test(character);
}
