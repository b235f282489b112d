import type { Resource } from '../resources/Resource';
import { type ApiAnswer, ok } from './ApiAnswer';
import { RESOURCE_VERBS, SUBRESOURCE_VERBS, subresourcesOf } from './resourceVerbs';

const MEDIA_TYPE = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Discovery of many groups in one answer, as kubectl asks for first. */
export function answerAggregated(resources: readonly Resource[]): ApiAnswer {
  const groups = [...new Set(resources.map(({ group }) => group))];
  const items = groups.map(name => {
    const members = resources.filter(({ group }) => group === name);
    const versions = [...new Set(members.map(({ version }) => version))];
    return {
      metadata: name ? { name } : {},
      versions: versions.map(version => ({
        version,
        freshness: 'Current',
        resources: members.filter(member => member.version === version).map(entryOf),
      })),
    };
  });
  return ok(
    { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items },
    MEDIA_TYPE,
  );
}

function entryOf(resource: Resource) {
  const { group, version, kind, plural, namespaced, shortNames } = resource;
  const responseKind = { group, version, kind };
  return {
    resource: plural,
    responseKind,
    scope: namespaced ? 'Namespaced' : 'Cluster',
    singularResource: kind.toLowerCase(),
    verbs: RESOURCE_VERBS,
    ...(shortNames.length > 0 && { shortNames }),
    subresources: subresourcesOf(resource).map(subresource => ({
      subresource,
      responseKind,
      verbs: SUBRESOURCE_VERBS,
    })),
  };
}
