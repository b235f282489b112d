import { apiVersionOf, type Resource } from '../resources/Resource';
import type { ResourceCatalog } from '../resources/ResourceCatalog';
import { type ApiAnswer, ok, pageNotFound } from './ApiAnswer';
import { answerAggregated } from './aggregatedDiscovery';
import { RESOURCE_VERBS, SUBRESOURCE_VERBS, subresourcesOf } from './resourceVerbs';
import type { PathRequest } from './RequestInfo';

/** The release whose behaviour the sandbox follows; `reference` for its messages and conditions. */
const version = {
  major: '1',
  minor: '36',
  gitVersion: 'v1.36.3+waymark-sandbox',
  gitCommit: '',
  gitTreeState: '',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: 'none',
  compiler: 'none',
  platform: 'sandbox/loopback',
};

/** Everything that is not a resource: health, version and what there is. */
export function answerPath(
  { path, method }: PathRequest,
  catalog: ResourceCatalog,
  accept: string,
): ApiAnswer {
  if (method !== 'GET' && method !== 'HEAD') return pageNotFound;
  const [root, group, groupVersion, ...more] = path.split('/').filter(Boolean);
  if (['healthz', 'livez', 'readyz'].includes(root)) return { type: 'text', code: 200, text: 'ok' };
  if (root === 'version') return ok(version);
  if (more.length > 0) return pageNotFound;
  if (root === 'api')
    return group ? resourceList(catalog, '', group) : coreVersions(catalog, accept);
  if (root !== 'apis') return pageNotFound;
  if (!group) return groupList(catalog, accept);
  if (groupVersion) return resourceList(catalog, group, groupVersion);
  return resourcesOf(catalog, group).length > 0
    ? ok({ kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group, catalog) })
    : pageNotFound;
}

const wantsAggregated = (accept: string) => accept.includes('as=APIGroupDiscoveryList');

function coreVersions(catalog: ResourceCatalog, accept: string): ApiAnswer {
  if (wantsAggregated(accept)) return answerAggregated(resourcesOf(catalog, ''));
  return ok({ kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] });
}

function groupList(catalog: ResourceCatalog, accept: string): ApiAnswer {
  if (wantsAggregated(accept)) return answerAggregated(catalog.all().filter(({ group }) => group));
  return ok({
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: namedGroups(catalog).map(group => apiGroup(group, catalog)),
  });
}

function resourceList(catalog: ResourceCatalog, group: string, asked: string): ApiAnswer {
  const resources = resourcesOf(catalog, group).filter(({ version: v }) => v === asked);
  if (resources.length === 0) return pageNotFound;
  return ok({
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf(resources[0]),
    resources: resources.flatMap(resource => [
      {
        name: resource.plural,
        singularName: resource.kind.toLowerCase(),
        namespaced: resource.namespaced,
        kind: resource.kind,
        verbs: RESOURCE_VERBS,
        ...(resource.shortNames.length > 0 && { shortNames: resource.shortNames }),
      },
      ...subresourcesOf(resource).map(subresource => ({
        name: `${resource.plural}/${subresource}`,
        singularName: '',
        namespaced: resource.namespaced,
        kind: resource.kind,
        verbs: SUBRESOURCE_VERBS,
      })),
    ]),
  });
}

const resourcesOf = (catalog: ResourceCatalog, group: string): Resource[] =>
  catalog.all().filter(resource => resource.group === group);

const namedGroups = (catalog: ResourceCatalog): string[] =>
  [...new Set(catalog.all().map(({ group }) => group))].filter(Boolean);

function apiGroup(group: string, catalog: ResourceCatalog) {
  const versions = [...new Set(resourcesOf(catalog, group).map(apiVersionOf))].map(
    groupVersion => ({ groupVersion, version: groupVersion.split('/')[1] }),
  );
  return { name: group, versions, preferredVersion: versions[0] };
}
