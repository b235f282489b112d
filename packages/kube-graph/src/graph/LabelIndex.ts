import type { KubeObject, LabelSelector } from '../objects';
import { matchesLabels, type Labels } from '../selectors';
import type { Index } from './ObjectIndex';
import { ANY, Postings } from './Postings';

/** Objects by namespace and label. A selector is answered from its shortest posting list. */
export class LabelIndex<T extends KubeObject> implements Index<T> {
  readonly #postings = new Postings<T>();
  readonly #labelsOf: (object: T) => Labels | undefined;

  constructor(labelsOf: (object: T) => Labels | undefined) {
    this.#labelsOf = labelsOf;
  }

  add(object: T) {
    const { namespace = '' } = object.metadata;
    const labels = this.#labelsOf(object) ?? {};
    this.#postings.add(namespace, ANY, ANY, object);
    for (const label of Object.keys(labels))
      this.#postings.add(namespace, label, labels[label], object);
  }

  remove(object: T) {
    const { namespace = '' } = object.metadata;
    const labels = this.#labelsOf(object) ?? {};
    this.#postings.remove(namespace, ANY, ANY, object);
    for (const label of Object.keys(labels))
      this.#postings.remove(namespace, label, labels[label], object);
  }

  matching(namespace: string, selector: LabelSelector): T[] {
    const found: T[] = [];
    for (const object of this.#shortest(namespace, selector.matchLabels))
      if (matchesLabels(selector, this.#labelsOf(object))) found.push(object);
    return found;
  }

  #shortest(namespace: string, wanted: Labels = {}): ReadonlySet<T> {
    const [first, ...others] = Object.keys(wanted);
    if (first === undefined) return this.#postings.get(namespace, ANY, ANY);
    let shortest = this.#postings.get(namespace, first, wanted[first]);
    for (const label of others) {
      const posting = this.#postings.get(namespace, label, wanted[label]);
      if (posting.size < shortest.size) shortest = posting;
    }
    return shortest;
  }
}
