import { isDeepStrictEqual } from 'node:util';
import type { Application } from './Application';

/** Every application of every source, in memory. One listener hears of real changes: Argo CD repeats itself. */
export class ApplicationIndex {
  readonly #byId = new Map<string, Application>();
  readonly #onChange: (application: Application) => void;

  constructor(onChange: (application: Application) => void) {
    this.#onChange = onChange;
  }

  get(id: string) {
    return this.#byId.get(id);
  }

  all(): Application[] {
    return [...this.#byId.values()];
  }

  upsert(application: Application) {
    const previous = this.#byId.get(application.id);
    this.#byId.set(application.id, application);
    // Every reconciliation moves reconciledAt; that alone is nothing to tell anybody.
    if (
      previous &&
      isDeepStrictEqual({ ...previous, reconciledAt: '' }, { ...application, reconciledAt: '' })
    )
      return;
    this.#onChange(application);
  }

  delete(id: string) {
    const application = this.#byId.get(id);
    if (this.#byId.delete(id) && application) this.#onChange(application);
  }

  /** Drops the applications of a source that a complete list no longer names. */
  keepOnly(source: string, ids: ReadonlySet<string>) {
    for (const application of this.all()) {
      if (application.source === source && !ids.has(application.id)) this.delete(application.id);
    }
  }
}
