/** Stands where a label and its value do: for everything in a namespace, or for selectors that ask for no label's value. */
export const ANY = '';

const NONE: ReadonlySet<never> = new Set();

type Values<T> = Map<string, Set<T>>;

/** Things filed under a label of a namespace. Three lookups by strings that exist cost less than one by a key made of them. */
export class Postings<T> {
  readonly #namespaces = new Map<string, Map<string, Values<T>>>();

  add(namespace: string, label: string, value: string, filed: T) {
    const labels = entry(this.#namespaces, namespace, () => new Map<string, Values<T>>());
    const values = entry(labels, label, () => new Map<string, Set<T>>());
    entry(values, value, () => new Set<T>()).add(filed);
  }

  remove(namespace: string, label: string, value: string, filed: T) {
    const labels = this.#namespaces.get(namespace);
    const values = labels?.get(label);
    const posting = values?.get(value);
    if (!posting?.delete(filed) || posting.size) return;
    values!.delete(value);
    if (!values!.size) labels!.delete(label);
    if (!labels!.size) this.#namespaces.delete(namespace);
  }

  get(namespace: string, label: string, value: string): ReadonlySet<T> {
    return this.#namespaces.get(namespace)?.get(label)?.get(value) ?? NONE;
  }
}

function entry<V>(map: Map<string, V>, key: string, create: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const created = create();
  map.set(key, created);
  return created;
}
