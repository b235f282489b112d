import type { Application } from '../applications/Application';
import type { ApiClient } from './ApiClient';

interface Author {
  readonly author?: string;
  readonly message?: string;
}

/** Argo CD knows commit metadata by full SHA only; for a chart version it answers 500. */
const COMMIT = /^[0-9a-f]{40}$/;
const CAPACITY = 10_000;

/** Author and first line of deployed commits. A commit never changes, so each is asked for once, one after the other. */
export class RevisionAuthors {
  readonly #client: ApiClient;
  readonly #known = new Map<string, Author>();
  #queue: Promise<void> = Promise.resolve();

  constructor(client: ApiClient) {
    this.#client = client;
  }

  /** The application with what is known; what is not is asked for, and `onCompleted` gets it later. */
  complete(application: Application, onCompleted: (application: Application) => void): Application {
    const missing = application.history
      .map(commitOf)
      .filter(
        (commit): commit is string =>
          commit !== undefined && !this.#known.has(keyOf(application, commit)),
      );
    if (missing.length) {
      this.#queue = this.#queue.then(async () => {
        for (const commit of new Set(missing)) await this.#ask(application, commit);
        onCompleted(this.#fill(application));
      });
    }
    return this.#fill(application);
  }

  async #ask(application: Application, commit: string) {
    const key = keyOf(application, commit);
    if (this.#known.has(key)) return;
    // What cannot be read (a repository that is gone) is not asked for again: the history stays readable without it.
    const { author, message } = await this.#client
      .revision(application, commit)
      .catch((): Author => ({}));
    if (this.#known.size >= CAPACITY) this.#known.clear();
    this.#known.set(key, {
      ...(author && { author }),
      ...(message && { message: message.split('\n')[0] }),
    });
  }

  #fill(application: Application): Application {
    return {
      ...application,
      history: application.history.map(deployment => {
        const commit = commitOf(deployment);
        return commit
          ? { ...deployment, ...this.#known.get(keyOf(application, commit)) }
          : deployment;
      }),
    };
  }
}

const commitOf = ({ revisions }: Application['history'][number]) => {
  const revision = revisions[0]?.revision;
  return revision && COMMIT.test(revision) ? revision : undefined;
};

const keyOf = ({ repositories }: Application, commit: string) =>
  `${repositories[0] ?? ''}@${commit}`;
