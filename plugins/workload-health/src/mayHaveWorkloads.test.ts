import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { mayHaveWorkloads } from './mayHaveWorkloads';

const isShown = filterPredicateToFilterFunction(mayHaveWorkloads);
const entity = (kind: string, type: string, annotations?: Record<string, string>) => ({
  kind,
  metadata: { name: 'x', ...(annotations && { annotations }) },
  spec: { type },
});

it.each([
  ['a service', entity('Component', 'service'), true],
  ['a website', entity('Component', 'website'), true],
  ['a library', entity('Component', 'library'), false],
  [
    'a library that says where it runs',
    entity('Component', 'library', { 'backstage.io/kubernetes-id': 'x' }),
    true,
  ],
  ['a database', entity('Resource', 'database'), false],
  [
    'a database in the cluster',
    entity('Resource', 'database', { 'backstage.io/kubernetes-label-selector': 'app=redis' }),
    true,
  ],
  ['an API', entity('API', 'openapi'), false],
])('of %s: %#', (_what, given, shown) => {
  expect(isShown(given)).toBe(shown);
});
