import { matchesLabels, parseSelector } from '@waymark/kube-graph';
import type { EntityDelivery } from '@waymark/backstage-plugin-argocd-delivery-common';
import type { Application } from '../applications/Application';
import { repositoryOf, type ApplicationSelector } from './selectorOf';

export interface Found {
  readonly applications: readonly Application[];
  readonly mapping: EntityDelivery['mapping'];
}

/** The applications of an entity: what it names, else what names it, else what deploys from its repository. */
export function applicationsOf(selector: ApplicationSelector, all: readonly Application[]): Found {
  const { appNames, appSelector, entityRef, repository } = selector;
  const candidates = all.filter(application => isWithin(selector, application));
  if (appNames || appSelector) {
    const labels = appSelector ? parseSelector(appSelector) : undefined;
    return {
      applications: candidates.filter(({ name, labels: own }) =>
        appNames ? appNames.includes(name) : matchesLabels(labels, own),
      ),
      mapping: {
        by: 'annotation',
        selectors: [
          appNames ? `argocd/app-name=${appNames.join(',')}` : `argocd/app-selector=${appSelector}`,
        ],
      },
    };
  }
  const claiming = candidates.filter(application => application.entityRef === entityRef);
  if (claiming.length || !repository) {
    return {
      applications: claiming,
      mapping: { by: 'entity-ref', selectors: [`backstage.io/entity-ref=${entityRef}`] },
    };
  }
  return {
    applications: candidates.filter(
      ({ repositories, entityRef: other }) =>
        !other && repositories.some(url => repositoryOf(url) === repository),
    ),
    mapping: { by: 'repository', selectors: [repository] },
  };
}

function isWithin(
  { appNamespace, project, instances }: ApplicationSelector,
  application: Application,
) {
  return (
    (!appNamespace || application.namespace === appNamespace) &&
    (!project || application.project === project) &&
    (!instances.length || instances.includes(application.source))
  );
}
