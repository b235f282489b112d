import type { Entity } from '@backstage/catalog-model';
import { formatSelector, type LabelSelector, parseSelector } from '@waymark/kube-graph';
import { ANNOTATIONS } from '@waymark/backstage-plugin-workload-health-common';
import type { EntitySelector } from './EntitySelector';

/** Set on every object of a kubernetes-id, as `@backstage/plugin-kubernetes` asks its users to. */
const ID_LABEL = ANNOTATIONS.id;
/** Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/ */
const NAME_LABEL = 'app.kubernetes.io/name';

/**
 * How the workloads of an entity are found: by the standard annotations, else by its Argo CD application, else, for a
 * component, by its name. What the entity says decides, never what happens to match: a selector that finds nothing is
 * an answer. Undefined for an entity that is not about workloads.
 */
export function selectorOf({ kind, metadata }: Entity): EntitySelector | undefined {
  const annotations = metadata.annotations ?? {};
  const clusters = listed(annotations[ANNOTATIONS.cluster]);
  const namespaces = listed(annotations[ANNOTATIONS.namespace]);
  const where = { ...(clusters && { clusters }), ...(namespaces && { namespaces }) };

  const query = annotations[ANNOTATIONS.labelSelector];
  if (query) {
    const labels = parseSelector(query);
    return { by: 'annotations', ...where, ...(labels && { labels }), text: query };
  }
  const id = annotations[ANNOTATIONS.id];
  if (id) return byLabel('annotations', { [ID_LABEL]: id }, where);
  const applications = listed(annotations[ANNOTATIONS.argocdApp]);
  if (applications)
    return { by: 'argocd', ...where, applications, text: `Application ${applications.join(', ')}` };
  if (namespaces || kind.toLocaleLowerCase('en-US') === 'component')
    return byLabel('name', { [NAME_LABEL]: metadata.name }, where);
  return undefined;
}

function byLabel(
  by: EntitySelector['by'],
  matchLabels: LabelSelector['matchLabels'],
  where: Pick<EntitySelector, 'clusters' | 'namespaces'>,
): EntitySelector {
  return { by, ...where, labels: { matchLabels }, text: formatSelector({ matchLabels }) };
}

function listed(text: string | undefined): string[] | undefined {
  const items = text?.split(',').flatMap(item => item.trim() || []);
  return items?.length ? items : undefined;
}
