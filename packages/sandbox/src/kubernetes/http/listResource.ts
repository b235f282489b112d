import type { KubernetesCluster } from '../KubernetesCluster';
import type { KubeObject } from '../objects/KubeObject';
import type { Resource } from '../resources/Resource';
import { ApiError } from '../status/ApiError';
import { badRequest, expired, expiredContinue, tooLargeResourceVersion } from '../status/refusals';
import type { ListOptions } from './listOptions';

export interface ListPage {
  readonly items: readonly KubeObject[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

interface ContinueToken {
  readonly v: 'meta.k8s.io/v1';
  readonly rv: number;
  readonly start: string;
}

/**
 * One page of a list. All pages of one list show the state at its first page; when that is no longer known the
 * caller gets 410 with a token to go on inconsistently.
 */
export function listResource(
  { store }: KubernetesCluster,
  resource: Resource,
  options: ListOptions & { namespace?: string },
): ListPage {
  const from = options.continueToken ? decode(options.continueToken) : undefined;
  const version = versionFor(store, options, from);
  const all = store.listAt(version, resource, options.namespace);
  if (!all) throw goneFor(store, version, from);

  const matching = all
    .filter(options.selects)
    .map(object => ({ key: keyOf(object, options.namespace), object }))
    .filter(({ key }) => !from || key >= from.start)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const page = options.limit > 0 ? matching.slice(0, options.limit) : matching;
  const rest = matching.length - page.length;
  const last = page[page.length - 1]?.key ?? '';
  return {
    items: page.map(({ object }) => object),
    metadata: {
      resourceVersion: String(version),
      ...(rest > 0 && {
        continue: encode({ v: 'meta.k8s.io/v1', rv: version, start: `${last}\0` }),
        ...(!options.selective && { remainingItemCount: rest }),
      }),
    },
  };
}

type Store = KubernetesCluster['store'];

function versionFor(store: Store, options: ListOptions, from: ContinueToken | undefined): number {
  // A token with version -1 goes on from its key in whatever state there is now.
  if (from) return from.rv < 0 ? store.currentVersion : from.rv;
  const asked = options.resourceVersion ?? 0;
  if (asked > store.currentVersion) throw tooLargeResourceVersion(asked, store.currentVersion);
  return options.exact ? asked : store.currentVersion;
}

const goneFor = (store: Store, version: number, from: ContinueToken | undefined): ApiError =>
  from ? expiredContinue(encode({ ...from, rv: -1 })) : expired(version, store.compactedVersion);

const keyOf = ({ metadata: { namespace, name } }: KubeObject, within: string | undefined) =>
  within || !namespace ? `/${name}` : `/${namespace}/${name}`;

const encode = (token: ContinueToken): string =>
  Buffer.from(JSON.stringify(token)).toString('base64url');

function decode(token: string): ContinueToken {
  try {
    const { v, rv, start } = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (v === 'meta.k8s.io/v1' && typeof rv === 'number' && typeof start === 'string') {
      return { v, rv, start };
    }
    throw new Error(`unexpected version ${v}`);
  } catch (cause) {
    throw badRequest(`invalid continue token: continue key is not valid: ${cause}`, cause);
  }
}
