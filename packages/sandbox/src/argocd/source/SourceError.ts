/** Why the wanted state of an application cannot be known, in Argo CD's words. */
export class SourceError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'SourceError';
  }
}

/** The words that Argo CD puts around what its repo server says. */
export const fromRepoServer = (message: string): string =>
  `rpc error: code = Unknown desc = ${message}`;
