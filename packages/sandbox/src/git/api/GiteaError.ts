/** A refusal of the API in Gitea's form: `{ errors?, message, url }`. */
export class GiteaError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** Gitea sends the causes of a 404, or null. */
    readonly errors?: readonly string[] | null,
  ) {
    super(message);
    this.name = 'GiteaError';
  }
}

export const notFound = (message = 'not found', ...errors: string[]): GiteaError =>
  new GiteaError(404, message, errors.length > 0 ? errors : null);

export const invalid = (message: string): GiteaError => new GiteaError(422, message);

export const tokenRequired = (): GiteaError => new GiteaError(401, 'token is required');
