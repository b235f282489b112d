import { isKind, type KubeObject } from '../objects';
import { HOOK_ANNOTATIONS } from '../graph/isHook';
import type { FieldPath, KindReads, Reads } from './Reads';

/**
 * What identity, ownership and selection need of every object, and what tells a hook from a part of the service. Other
 * annotations are kept only where declared.
 */
const ALWAYS: readonly FieldPath[] = [
  '/apiVersion',
  '/kind',
  '/metadata/name',
  '/metadata/namespace',
  '/metadata/uid',
  '/metadata/labels',
  '/metadata/generation',
  '/metadata/resourceVersion',
  '/metadata/creationTimestamp',
  '/metadata/deletionTimestamp',
  '/metadata/finalizers',
  '/metadata/ownerReferences',
  ...HOOK_ANNOTATIONS.map((name): FieldPath => `/metadata/annotations/${name.replace('/', '~1')}`),
];

type Leaf = 'keep' | 'keys' | 'shape';
type Mask = Leaf | { readonly [field: string]: Mask };

/** A function that keeps the declared fields of an object and drops the rest. An undeclared kind keeps its identity only. */
export function createTrim(reads: Reads): <T extends KubeObject>(object: T) => T {
  const masks = new Map<string, Mask>();
  const undeclared = maskOf({ fields: [] });
  for (const [kind, declared] of Object.entries(reads) as [string, KindReads][]) {
    masks.set(kind, maskOf(declared));
  }
  return object =>
    pick(object, (isKind(object.kind) && masks.get(object.kind)) || undeclared) as typeof object;
}

function maskOf({ fields, keysOf = [], shapeOf = [] }: KindReads): Mask {
  const root: Record<string, Mask> = {};
  for (const path of shapeOf) insert(root, path, 'shape');
  for (const path of keysOf) insert(root, path, 'keys');
  for (const path of [...ALWAYS, ...fields]) insert(root, path, 'keep');
  return root;
}

function insert(root: Record<string, Mask>, path: FieldPath, leaf: Leaf) {
  const segments = path.slice(1).split('/').map(unescapePointer);
  let level = root;
  for (const segment of segments.slice(0, -1)) {
    const next = level[segment];
    if (next === 'keep') return;
    level = (level[segment] = typeof next === 'object' ? next : {}) as Record<string, Mask>;
  }
  level[segments[segments.length - 1]] = leaf;
}

function pick(value: unknown, mask: Mask): unknown {
  if (mask === 'shape' && typeof value === 'string') return '';
  if (mask === 'keep' || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(item => pick(item, mask));
  if (mask === 'keys') return Object.fromEntries(Object.keys(value).map(key => [key, '']));
  if (mask === 'shape')
    return Object.fromEntries(
      Object.entries(value).map(([key, field]) => [key, pick(field, mask)]),
    );
  const kept: Record<string, unknown> = {};
  for (const field of Object.keys(mask)) {
    const child = (value as Record<string, unknown>)[field];
    if (child !== undefined) kept[field] = pick(child, mask[field]);
  }
  return kept;
}

const unescapePointer = (segment: string) => segment.replace(/~1/g, '/').replace(/~0/g, '~');
