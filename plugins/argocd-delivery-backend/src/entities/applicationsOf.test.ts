import type { Entity } from '@backstage/catalog-model';
import { parseApplication } from '../applications/parseApplication';
import { applicationsOf } from './applicationsOf';
import { repositoryOf, selectorOf } from './selectorOf';

const application = (
  name: string,
  {
    source = 'prod',
    namespace = 'argocd',
    repo = `https://git.example/shop/${name}.git`,
    labels = {},
    entityRef = '',
  } = {},
) =>
  parseApplication(source, {
    metadata: {
      name,
      namespace,
      labels,
      annotations: entityRef ? { 'backstage.io/entity-ref': entityRef } : {},
    },
    spec: { source: { repoURL: repo } },
  })!;

const entity = (annotations: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payment', annotations },
});

const all = [
  application('payment'),
  application('payment', { source: 'staging' }),
  application('payment', { namespace: 'team' }),
  application('payment-worker', {
    repo: 'https://git.example/shop/payment',
    labels: { app: 'payment' },
  }),
  application('mine', {
    repo: 'https://git.example/other/x',
    entityRef: 'component:payment',
  }),
  application('cart', {
    entityRef: 'component:default/cart',
    repo: 'https://git.example/shop/payment.git',
  }),
];

const found = (annotations: Record<string, string>) => {
  const { applications, mapping } = applicationsOf(selectorOf(entity(annotations)), all);
  return {
    by: mapping.by,
    names: applications.map(({ source, namespace, name }) => `${source}/${namespace}/${name}`),
  };
};

it.each([
  [
    'a name in every instance',
    { 'argocd/app-name': 'payment' },
    'annotation',
    ['prod/argocd/payment', 'staging/argocd/payment', 'prod/team/payment'],
  ],
  [
    'several names, as the sibling plugin reads them',
    { 'argocd/app-name': ' cart , payment-worker,', 'argocd/app-namespace': ' argocd ' },
    'annotation',
    ['prod/argocd/payment-worker', 'prod/argocd/cart'],
  ],
  [
    'no name in an annotation without one',
    { 'argocd/app-name': ' ,' },
    'entity-ref',
    ['prod/argocd/mine'],
  ],
  [
    'a name in one instance and namespace',
    {
      'argocd/app-name': 'payment',
      'argocd/instance-name': 'prod',
      'argocd/app-namespace': 'team',
    },
    'annotation',
    ['prod/team/payment'],
  ],
  [
    'labels',
    { 'argocd/app-selector': 'app in (payment,x)' },
    'annotation',
    ['prod/argocd/payment-worker'],
  ],
  ['a selector that is none', { 'argocd/app-selector': 'a=b=c' }, 'annotation', []],
  ['what claims the entity', {}, 'entity-ref', ['prod/argocd/mine']],
])('finds by %s', (_, annotations, by, names) => {
  expect(found(annotations as Record<string, string>)).toEqual({ by, names });
});

it('finds what deploys from the repository, but nothing that claims another entity', () => {
  const unclaimed = all.filter(({ name }) => name !== 'mine');
  const selector = selectorOf(
    entity({
      'backstage.io/source-location': 'url:https://git.example/shop/payment/src/branch/main/',
    }),
  );
  const { applications, mapping } = applicationsOf(selector, unclaimed);
  expect(mapping).toEqual({ by: 'repository', selectors: ['git.example/shop/payment'] });
  expect(applications.map(({ name }) => name)).toEqual([
    'payment',
    'payment',
    'payment',
    'payment-worker',
  ]);
});

it.each([
  ['https://github.com/Shop/Payment/tree/main/', 'github.com/shop/payment'],
  ['git@github.com:shop/payment.git', 'github.com/shop/payment'],
  ['http://127.0.0.1:3300/org/repo.git', '127.0.0.1:3300/org/repo'],
  ['not a url', undefined],
  ['https://host/only', undefined],
])('reads the repository of %s', (url, repository) => {
  expect(repositoryOf(url)).toBe(repository);
});
