import type { KubeObject, LabelSelector } from '../objects';
import { labelPair, matchesLabels, type Labels } from '../selectors';
import { ObjectIndex } from './ObjectIndex';
import type { ObjectId } from './ref';

/** Objects by namespace and label. A selector is answered from its shortest posting list. */
export class LabelIndex<T extends KubeObject> {
  readonly #index = new ObjectIndex<T>();
  readonly #labelsOf: (object: T) => Labels | undefined;

  constructor(labelsOf: (object: T) => Labels | undefined) {
    this.#labelsOf = labelsOf;
  }

  set(id: ObjectId, object: T) {
    const namespace = object.metadata.namespace ?? '';
    this.#index.set(id, object, [
      inNamespace(namespace, ''),
      ...Object.entries(this.#labelsOf(object) ?? {}).map(([key, value]) =>
        inNamespace(namespace, labelPair(key, value)),
      ),
    ]);
  }

  delete(id: ObjectId) {
    this.#index.delete(id);
  }

  matching(namespace: string, selector: LabelSelector): T[] {
    const keys = Object.entries(selector.matchLabels ?? {}).map(([key, value]) =>
      inNamespace(namespace, labelPair(key, value)),
    );
    const shortest = keys.reduce(
      (best, key) => (this.#index.count(key) < this.#index.count(best) ? key : best),
      keys[0] ?? inNamespace(namespace, ''),
    );
    return this.#index
      .get(shortest)
      .filter(object => matchesLabels(selector, this.#labelsOf(object)));
  }
}

/** Objects with a selector, asked the other way round: which of them select these labels? */
export class SelectorIndex<T extends KubeObject> {
  readonly #index = new ObjectIndex<T>();
  readonly #selectorOf: (object: T) => LabelSelector | undefined;

  constructor(selectorOf: (object: T) => LabelSelector | undefined) {
    this.#selectorOf = selectorOf;
  }

  set(id: ObjectId, object: T) {
    const selector = this.#selectorOf(object);
    if (!selector) {
      this.#index.delete(id);
      return;
    }
    const [first] = Object.entries(selector.matchLabels ?? {});
    const pair = first ? labelPair(first[0], first[1]) : '';
    this.#index.set(id, object, [inNamespace(object.metadata.namespace ?? '', pair)]);
  }

  delete(id: ObjectId) {
    this.#index.delete(id);
  }

  selecting(namespace: string, labels: Labels = {}): T[] {
    const pairs = Object.entries(labels).map(([key, value]) => labelPair(key, value));
    return ['', ...pairs]
      .flatMap(pair => this.#index.get(inNamespace(namespace, pair)))
      .filter(object => matchesLabels(this.#selectorOf(object), labels));
  }
}

const inNamespace = (namespace: string, pair: string) => `${namespace}|${pair}`;
