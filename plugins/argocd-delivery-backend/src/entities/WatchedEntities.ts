import type { Application } from '../applications/Application';
import { applicationsOf } from './applicationsOf';
import type { ApplicationSelector } from './selectorOf';

/** Enough for every page that is open anywhere; who falls out is found again by the next look at the page. */
const CAPACITY = 5000;

/** The entities that somebody looked at lately, so that a change of an application can be told to them. */
export class WatchedEntities {
  readonly #selectors = new Map<string, ApplicationSelector>();

  add(selector: ApplicationSelector) {
    this.#selectors.delete(selector.entityRef);
    this.#selectors.set(selector.entityRef, selector);
    if (this.#selectors.size <= CAPACITY) return;
    const [oldest] = this.#selectors.keys();
    this.#selectors.delete(oldest);
  }

  refsOf(application: Application): string[] {
    const watched = [...this.#selectors.values()]
      .filter(selector => applicationsOf(selector, [application]).applications.length)
      .map(({ entityRef }) => entityRef);
    return [...new Set([...watched, ...(application.entityRef ? [application.entityRef] : [])])];
  }
}
