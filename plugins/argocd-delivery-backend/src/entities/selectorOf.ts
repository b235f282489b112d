import {
  ANNOTATION_SOURCE_LOCATION,
  type Entity,
  stringifyEntityRef,
} from '@backstage/catalog-model';

/** By what an entity finds its applications. The annotations are those of the Argo CD plugins that people come from. */
export interface ApplicationSelector {
  readonly entityRef: string;
  /** Any of them; undefined where the entity names none. */
  readonly appNames?: readonly string[];
  readonly appSelector?: string;
  readonly appNamespace?: string;
  readonly project?: string;
  /** Names of sources; empty means all. */
  readonly instances: readonly string[];
  readonly repository?: string;
}

export function selectorOf(entity: Entity): ApplicationSelector {
  const annotations = entity.metadata.annotations ?? {};
  const location = annotations[ANNOTATION_SOURCE_LOCATION];
  const appNames = listOf(annotations['argocd/app-name']);
  return {
    entityRef: stringifyEntityRef(entity).toLowerCase(),
    appNames: appNames.length ? appNames : undefined,
    appSelector: annotations['argocd/app-selector']?.trim(),
    appNamespace: annotations['argocd/app-namespace']?.trim(),
    project: annotations['argocd/project-name']?.trim(),
    instances: listOf(annotations['argocd/instance-name']),
    repository: location?.startsWith('url:')
      ? repositoryOf(location.slice('url:'.length))
      : undefined,
  };
}

const listOf = (text = ''): readonly string[] => text.split(',').flatMap(item => item.trim() || []);

/** The repository that a URL of a page, file or clone lies in: host and first two path segments, lower case. */
export function repositoryOf(url: string): string | undefined {
  const ssh = /^(?:ssh:\/\/)?[^@/]+@([^:/]+)[:/](.+)$/.exec(url);
  if (ssh) return repositoryOf(`https://${ssh[1]}/${ssh[2]}`);
  if (!URL.canParse(url)) return undefined;
  const { host, pathname } = new URL(url);
  const [owner, repo] = pathname.split('/').filter(Boolean);
  return owner && repo ? `${host}/${owner}/${repo.replace(/\.git$/, '')}`.toLowerCase() : undefined;
}
