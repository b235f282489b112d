/**
 * Where the page of a cause lies: below the address of the documentation site, given without a slash at the end, or in
 * the repository.
 */
export const causeDocs = (code: string, site?: string) =>
  site === undefined ? `docs/causes/${code}.md` : `${site}/causes/${code}`;
