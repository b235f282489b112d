import type { KubeObject, LabelSelector } from '../objects';
import { matchesLabels, requiredLabels, type LabelPair, type Labels } from '../selectors';
import type { Index } from './ObjectIndex';
import { ANY, Postings } from './Postings';

const EVERYTHING: readonly LabelPair[] = [[ANY, ANY]];

/** Objects with a selector, asked the other way round: which of them select these labels? */
export class SelectorIndex<T extends KubeObject> implements Index<T> {
  readonly #postings = new Postings<T>();
  readonly #selectorOf: (object: T) => LabelSelector | undefined;

  constructor(selectorOf: (object: T) => LabelSelector | undefined) {
    this.#selectorOf = selectorOf;
  }

  add(object: T) {
    const selector = this.#selectorOf(object);
    if (!selector) return;
    for (const [label, value] of requiredLabels(selector) ?? EVERYTHING)
      this.#postings.add(object.metadata.namespace ?? '', label, value, object);
  }

  remove(object: T) {
    const selector = this.#selectorOf(object);
    if (!selector) return;
    for (const [label, value] of requiredLabels(selector) ?? EVERYTHING)
      this.#postings.remove(object.metadata.namespace ?? '', label, value, object);
  }

  selecting(namespace: string, labels: Labels = {}): T[] {
    const found: T[] = [];
    for (const label of [ANY, ...Object.keys(labels)]) {
      for (const object of this.#postings.get(namespace, label, labels[label] ?? ANY))
        if (matchesLabels(this.#selectorOf(object), labels)) found.push(object);
    }
    return found;
  }
}
