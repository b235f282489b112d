import type { Application } from '../applications/Application';
import { applicationsOf } from './applicationsOf';
import { keysOfApplication, keysOfSelector } from './lookupKeys';
import type { ApplicationSelector } from './selectorOf';

/** Enough for every page that is open anywhere; who falls out is found again by the next look at the page. */
const CAPACITY = 5000;

/** The entities that somebody looked at lately, so that a change of an application can be told to them. */
export class WatchedEntities {
  readonly #selectors = new Map<string, ApplicationSelector>();
  /** Argo CD changes thousands of applications a minute: each is held against those entities only that may find it. */
  readonly #byKey = new Map<string, Set<ApplicationSelector>>();

  add(selector: ApplicationSelector) {
    this.#remove(selector.entityRef);
    this.#selectors.set(selector.entityRef, selector);
    for (const key of keysOfSelector(selector)) {
      const selectors = this.#byKey.get(key);
      if (selectors) selectors.add(selector);
      else this.#byKey.set(key, new Set([selector]));
    }
    if (this.#selectors.size <= CAPACITY) return;
    const [oldest] = this.#selectors.keys();
    this.#remove(oldest);
  }

  refsOf(application: Application): string[] {
    const refs = new Set(application.entityRef ? [application.entityRef] : []);
    for (const key of keysOfApplication(application)) {
      for (const selector of this.#byKey.get(key) ?? []) {
        if (applicationsOf(selector, [application]).applications.length)
          refs.add(selector.entityRef);
      }
    }
    return [...refs];
  }

  /** Those whose applications may be of this source. */
  refsWithin(source: string): string[] {
    const selectors = [...this.#selectors.values()];
    return selectors
      .filter(({ instances }) => !instances.length || instances.includes(source))
      .map(({ entityRef }) => entityRef);
  }

  #remove(entityRef: string) {
    const selector = this.#selectors.get(entityRef);
    if (!selector) return;
    this.#selectors.delete(entityRef);
    for (const key of keysOfSelector(selector)) {
      const selectors = this.#byKey.get(key);
      selectors?.delete(selector);
      if (!selectors?.size) this.#byKey.delete(key);
    }
  }
}
