import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { mayBeDelivered } from './mayBeDelivered';

const isShown = filterPredicateToFilterFunction(mayBeDelivered);

it.each([
  ['component', 'service', {}, true],
  ['Component', 'library', {}, false],
  ['Component', 'library', { 'argocd/app-name': 'docs' }, true],
  ['Resource', 'database', {}, false],
  ['Resource', 'database', { 'argocd/app-selector': 'team=data' }, true],
])('%s of type %s with %j', (kind, type, annotations, shown) => {
  expect(isShown({ kind, metadata: { name: 'x', annotations }, spec: { type } })).toBe(shown);
});
