import { type ApiAnswer, created } from './ApiAnswer';
import { isAllowed, rulesOf } from './authorize';
import type { ResourceRequest } from './RequestInfo';
import { parseBody, type RequestBody } from './requestBody';
import type { TokenGrant } from './TokenGrant';

/** `authorization.k8s.io/v1`: what the caller may do. Undefined for other resources of the group. */
export function answerAccessReview(
  { group, plural, verb }: ResourceRequest,
  body: RequestBody,
  grant: TokenGrant,
): ApiAnswer | undefined {
  if (group !== 'authorization.k8s.io' || verb !== 'create') return undefined;
  const { spec = {} } = parseBody(body) as { spec?: Record<string, unknown> };
  switch (plural) {
    case 'selfsubjectaccessreviews':
      return review('SelfSubjectAccessReview', spec, { allowed: mayDo(spec, grant) });
    case 'selfsubjectrulesreviews':
      return review('SelfSubjectRulesReview', spec, rulesIn(String(spec.namespace ?? ''), grant));
    default:
      return undefined;
  }
}

const review = (kind: string, spec: unknown, status: unknown): ApiAnswer =>
  created({ kind, apiVersion: 'authorization.k8s.io/v1', metadata: {}, spec, status });

function mayDo(spec: Record<string, unknown>, grant: TokenGrant): boolean {
  const asked = spec.resourceAttributes as Record<string, string> | undefined;
  // Paths that are no resources are open to every user here.
  if (!asked) return spec.nonResourceAttributes !== undefined;
  const { verb = '', group = '', resource = '', subresource, namespace, name } = asked;
  return isAllowed(grant, {
    verb,
    group,
    resource: subresource ? `${resource}/${subresource}` : resource,
    namespace: namespace || undefined,
    name,
  });
}

const rulesIn = (namespace: string, grant: TokenGrant) => ({
  resourceRules: rulesOf(grant)
    .filter(({ namespaces }) => !namespaces || namespaces.includes(namespace))
    .map(({ verbs, apiGroups, resources }) => ({ verbs, apiGroups, resources })),
  nonResourceRules: [
    { verbs: ['get'], nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/version'] },
  ],
  incomplete: false,
});
