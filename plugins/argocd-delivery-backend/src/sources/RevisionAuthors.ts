import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Application } from '../applications/Application';
import { isRefused, type ApiClient } from './ApiClient';

interface Author {
  readonly author?: string;
  readonly message?: string;
}

interface Waiting {
  readonly application: Application;
  readonly onKnown: () => void;
}

export interface RevisionAuthorsOptions {
  readonly client: ApiClient;
  readonly logger: LoggerService;
  /** Ends all asking. */
  readonly signal: AbortSignal;
}

/** Argo CD knows commit metadata by full SHA only; for a chart version it answers 500. */
const COMMIT = /^[0-9a-f]{40}$/;
const CAPACITY = 10_000;

/** Author and first line of deployed commits. A commit never changes, so each is asked for once, one after the other. */
export class RevisionAuthors {
  readonly #options: RevisionAuthorsOptions;
  readonly #known = new Map<string, Author>();
  /** By application: of one that changes faster than it is asked for, only the last state counts. */
  readonly #waiting = new Map<string, Waiting>();
  #asking = false;
  #failing = false;

  constructor(options: RevisionAuthorsOptions) {
    this.#options = options;
  }

  /** The application with what is known of its commits. */
  fill(application: Application): Application {
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

  /** Asks for what is not known of its commits; `onKnown` is called when that is done. */
  ask(application: Application, onKnown: () => void) {
    if (!this.#missing(application).length) return;
    this.#waiting.set(application.id, { application, onKnown });
    if (!this.#asking) void this.#askAll();
  }

  async #askAll() {
    this.#asking = true;
    try {
      for (const [id, { application, onKnown }] of this.#waiting) {
        this.#waiting.delete(id);
        for (const commit of this.#missing(application)) await this.#read(application, commit);
        if (this.#options.signal.aborted) return;
        onKnown();
      }
    } finally {
      this.#asking = false;
    }
  }

  /** What is refused stays so and is not asked for again; what merely failed is, with the application's next event. */
  async #read(application: Application, commit: string) {
    const { client, logger, signal } = this.#options;
    if (signal.aborted) return;
    try {
      this.#remember(application, commit, await client.revision(application, commit, signal));
      this.#failing = false;
    } catch (error) {
      if (signal.aborted) return;
      if (isRefused(error)) this.#remember(application, commit, {});
      else {
        // Once for all that fail in a row: an Argo CD that is away fails for every commit.
        if (!this.#failing)
          logger.warn(
            `cannot read the author of ${commit} of ${application.name}: ${(error as Error).message}`,
          );
        this.#failing = true;
      }
    }
  }

  #remember(application: Application, commit: string, { author, message }: Author) {
    if (this.#known.size >= CAPACITY) this.#known.clear();
    this.#known.set(keyOf(application, commit), {
      ...(author && { author }),
      ...(message && { message: message.split('\n')[0] }),
    });
  }

  #missing(application: Application): readonly string[] {
    const commits = application.history.flatMap(deployment => commitOf(deployment) ?? []);
    return [...new Set(commits)].filter(commit => !this.#known.has(keyOf(application, commit)));
  }
}

const commitOf = ({ revisions }: Application['history'][number]) => {
  const revision = revisions[0]?.revision;
  return revision && COMMIT.test(revision) ? revision : undefined;
};

const keyOf = ({ repositories }: Application, commit: string) =>
  `${repositories[0] ?? ''}@${commit}`;
