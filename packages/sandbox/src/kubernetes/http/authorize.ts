import { ApiError } from '../status/ApiError';
import { unauthorized } from '../status/refusals';
import type { RequestInfo } from './RequestInfo';
import type { PolicyRule, TokenGrant } from './TokenGrant';

/** One question to the rules. */
export interface Attributes {
  readonly verb: string;
  readonly group: string;
  /** With the subresource behind a slash. */
  readonly resource: string;
  readonly namespace?: string;
  readonly name?: string;
}

/** Who asks. No or an unknown token is 401: the sandbox has no anonymous user. */
export function authenticate(
  authorization: string | undefined,
  grants: readonly TokenGrant[],
): TokenGrant {
  const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
  const grant = grants.find(candidate => candidate.token === token);
  if (!grant) throw unauthorized();
  return grant;
}

/** Every user may do this, as in a new cluster (`system:basic-user`, `system:discovery`). */
const forEveryone: readonly PolicyRule[] = [
  {
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    verbs: ['create'],
  },
];

export const rulesOf = ({ rules }: TokenGrant): readonly PolicyRule[] => [...forEveryone, ...rules];

export function isAllowed(grant: TokenGrant, asked: Attributes): boolean {
  const holds = (list: readonly string[], value: string) =>
    list.includes('*') || list.includes(value);
  return rulesOf(grant).some(
    ({ apiGroups, resources, verbs, namespaces }) =>
      holds(apiGroups, asked.group) &&
      holds(resources, asked.resource) &&
      holds(verbs, asked.verb) &&
      (!namespaces || (asked.namespace !== undefined && namespaces.includes(asked.namespace))),
  );
}

/** Throws RBAC's 403, word for word, unless the rules allow the request. Discovery is open to every user. */
export function authorize(grant: TokenGrant, request: RequestInfo): void {
  if (request.type === 'path') return;
  const {
    group,
    plural,
    subresource,
    name,
    namespace,
    verb = request.method.toLowerCase(),
  } = request;
  const resource = subresource ? `${plural}/${subresource}` : plural;
  if (isAllowed(grant, { verb, group, resource, namespace, name })) return;
  const subject = `${group ? `${plural}.${group}` : plural}${name ? ` "${name}"` : ''}`;
  const where = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope';
  throw new ApiError(
    403,
    'Forbidden',
    `${subject} is forbidden: User "${grant.user}" cannot ${verb} resource "${resource}" ` +
      `in API group "${group}" ${where}`,
    { details: { ...(name && { name }), ...(group && { group }), kind: plural } },
  );
}
