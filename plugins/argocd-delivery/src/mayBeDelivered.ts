import type { FilterPredicate } from '@backstage/filter-predicates';

/**
 * Entities with a card: components that may be deployed, and whatever names its application. A library goes nowhere by
 * itself; which of the rest Argo CD knows is the backend's to say.
 */
export const mayBeDelivered: FilterPredicate = {
  $any: [
    { $all: [{ kind: 'component' }, { $not: { 'spec.type': 'library' } }] },
    { 'metadata.annotations.argocd/app-name': { $exists: true } },
    { 'metadata.annotations.argocd/app-selector': { $exists: true } },
  ],
};
