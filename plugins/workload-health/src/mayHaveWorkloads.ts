import type { FilterPredicate } from '@backstage/filter-predicates';

/**
 * Entities with a card and a tab: components that may run somewhere, and whatever says by an annotation where it runs.
 * A library runs inside of others; which of the rest run is the backend's to say.
 */
export const mayHaveWorkloads: FilterPredicate = {
  $any: [
    { $all: [{ kind: 'component' }, { $not: { 'spec.type': 'library' } }] },
    { 'metadata.annotations.backstage.io/kubernetes-id': { $exists: true } },
    { 'metadata.annotations.backstage.io/kubernetes-label-selector': { $exists: true } },
    { 'metadata.annotations.backstage.io/kubernetes-namespace': { $exists: true } },
    { 'metadata.annotations.argocd/app-name': { $exists: true } },
  ],
};
