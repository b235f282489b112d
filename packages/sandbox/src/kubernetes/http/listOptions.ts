import type { KubeObject } from '../objects/KubeObject';
import type { Resource } from '../resources/Resource';
import { matches } from '../selectors/LabelSelector';
import { parseFieldSelector } from '../selectors/parseFieldSelector';
import { parseLabelSelector } from '../selectors/parseLabelSelector';
import { badRequest, invalid } from '../status/refusals';

/** The query of list and watch. */
export interface ListOptions {
  readonly selects: (object: KubeObject) => boolean;
  readonly selective: boolean;
  readonly limit: number;
  readonly continueToken?: string;
  readonly resourceVersion?: number;
  readonly exact: boolean;
  readonly bookmarks: boolean;
  /** A watch starts with what exists: asked for, or because it names no version to start from. */
  readonly initialEvents: boolean;
  readonly timeoutSeconds?: number;
}

export function parseListOptions(query: URLSearchParams, resource: Resource): ListOptions {
  const labels = query.get('labelSelector') || undefined;
  const fields = query.get('fieldSelector') || undefined;
  const requirements = parseLabelSelector(labels ?? '');
  const fieldTest = parseFieldSelector(fields ?? '', resource);
  const resourceVersion = versionIn(query);
  const match = query.get('resourceVersionMatch') || undefined;
  if (match && resourceVersion === undefined && !flag(query, 'sendInitialEvents')) {
    throw forbiddenMatch('resourceVersionMatch is forbidden unless resourceVersion is provided');
  }
  if (flag(query, 'sendInitialEvents') && match !== 'NotOlderThan') {
    throw forbiddenMatch('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  }
  const continueToken = query.get('continue') || undefined;
  if (continueToken && resourceVersion !== undefined && resourceVersion !== 0) {
    throw badRequest('specifying resource version is not allowed when using continue');
  }
  return {
    selects: object => matches(requirements, object.metadata.labels) && fieldTest(object),
    selective: labels !== undefined || fields !== undefined,
    limit: count(query, 'limit') ?? 0,
    continueToken,
    resourceVersion,
    exact: match === 'Exact',
    bookmarks: flag(query, 'allowWatchBookmarks'),
    initialEvents: flag(query, 'sendInitialEvents') || !resourceVersion,
    timeoutSeconds: count(query, 'timeoutSeconds'),
  };
}

const flag = (query: URLSearchParams, name: string): boolean =>
  ['1', 'true'].includes(query.get(name) ?? '');

function count(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (!text) return undefined;
  if (!/^-?\d+$/.test(text)) {
    throw badRequest(`strconv.ParseInt: parsing "${text}": invalid syntax`);
  }
  return Number(text);
}

function versionIn(query: URLSearchParams): number | undefined {
  const text = query.get('resourceVersion');
  if (!text) return undefined;
  if (!/^\d+$/.test(text)) {
    throw badRequest(
      `invalid resource version: resourceVersion: Invalid value: "${text}": ` +
        `strconv.ParseUint: parsing "${text}": invalid syntax`,
    );
  }
  return Number(text);
}

const forbiddenMatch = (why: string) =>
  invalid({ group: 'meta.k8s.io', kind: 'ListOptions' }, '', [
    {
      reason: 'FieldValueForbidden',
      message: `Forbidden: ${why}`,
      field: 'resourceVersionMatch',
    },
  ]);
