type Json = Readonly<Record<string, unknown>>;

/** The query parameter `fields`: a list, or with a `-` before it everything but that list. */
export interface FieldSelection {
  fields: ReadonlySet<string>;
  exclude: boolean;
}

export function parseFields(text: unknown): FieldSelection | undefined {
  if (typeof text !== 'string' || text === '') return undefined;
  const exclude = text.startsWith('-');
  return { fields: new Set(text.slice(exclude ? 1 : 0).split(',')), exclude };
}

// pkg/apiclient/application/forwarder_overwrite.go of 3.2: a list selects among these and knows no others.
const listFields: Readonly<Record<string, readonly string[]>> = {
  'metadata.name': [],
  'metadata.namespace': [],
  'metadata.annotations': [],
  'metadata.labels': [],
  'metadata.creationTimestamp': [],
  'metadata.deletionTimestamp': [],
  spec: [],
  'status.sourceHydrator': [],
  'status.sync.status': [],
  'status.health': [],
  'status.summary': [],
  'status.operationState.startedAt': [],
  'status.operationState.finishedAt': [],
  'status.resources': [],
  'operation.sync': [],
  'status.operationState.phase': [],
  // Its value is the result of the operation, not the operation: an oddity of Argo CD that clients see.
  'status.operationState.operation.sync': ['status', 'operationState', 'syncResult'],
};

/** One item of a list with the selected fields only. */
export function selectListItem(item: unknown, { fields, exclude }: FieldSelection): Json {
  const result: Record<string, unknown> = {};
  for (const [field, from] of Object.entries(listFields)) {
    if (fields.has(`items.${field}`) === exclude) continue;
    const path = field.split('.');
    const value = valueAt(item, from.length > 0 ? from : path);
    if (value !== undefined) setAt(result, path, value);
  }
  return result;
}

/**
 * What a stream sends of an event. A field is kept when it is selected or when the name of a selected field begins
 * with its own, compared as text (argoproj/pkg http/forwarders.go): asking for `spec.sources` keeps an emptied
 * `spec.source` too.
 */
export function selectFields(value: unknown, selection: FieldSelection, path = ''): unknown {
  if (Array.isArray(value)) return value.map(item => selectFields(item, selection, path));
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
    const field = path ? `${path}.${key}` : key;
    const selected = selection.fields.has(field);
    if (selection.exclude) {
      return selected ? [] : [[key, selectFields(inner, selection, field)]];
    }
    if (selected) return [[key, inner]];
    const leads = [...selection.fields].some(wanted => wanted.startsWith(field));
    return leads ? [[key, selectFields(inner, selection, field)]] : [];
  });
  return Object.fromEntries(kept);
}

const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Json | null | undefined)?.[key], value);

function setAt(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [key, ...rest] = path;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  target[key] ??= {};
  setAt(target[key] as Record<string, unknown>, rest, value);
}
