import type { Application } from '../applications/Application';
import { parseApplication } from '../applications/parseApplication';
import { applicationsOf } from './applicationsOf';
import { selectorOf, type ApplicationSelector } from './selectorOf';
import { WatchedEntities } from './WatchedEntities';

const application = (
  name: string,
  labels: Record<string, string> = {},
  { repo = 'https://git.example/shop/web.git', entityRef = '', source = 'prod' } = {},
) =>
  parseApplication(source, {
    metadata: {
      name,
      namespace: 'argocd',
      labels,
      annotations: entityRef ? { 'backstage.io/entity-ref': entityRef } : {},
    },
    spec: { project: 'shop', source: { repoURL: repo } },
  })!;

const entity = (name: string, annotations: Record<string, string>) =>
  selectorOf({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations },
  });

const SELECTORS = [
  entity('named', { 'argocd/app-name': 'web' }),
  entity('named-among-others', { 'argocd/app-name': 'other, web' }),
  entity('named-in-staging', { 'argocd/app-name': 'web', 'argocd/instance-name': 'staging' }),
  entity('named-elsewhere', { 'argocd/app-name': 'web', 'argocd/app-namespace': 'team' }),
  entity('in-project', { 'argocd/app-name': 'web', 'argocd/project-name': 'shop' }),
  entity('equal', { 'argocd/app-selector': 'app=web' }),
  entity('both', { 'argocd/app-selector': 'app=web,tier=front' }),
  entity('one-of', { 'argocd/app-selector': 'app in (web, cart)' }),
  entity('none-of', { 'argocd/app-selector': 'app notin (cart)' }),
  entity('present', { 'argocd/app-selector': 'tier' }),
  entity('absent', { 'argocd/app-selector': '!tier' }),
  entity('nonsense', { 'argocd/app-selector': 'a=b=c' }),
  entity('claimed', {}),
  entity('in-repository', {
    'backstage.io/source-location': 'url:https://git.example/Shop/web/src/branch/main/',
  }),
];

const APPLICATIONS = [
  application('web'),
  application('web', {}, { source: 'staging' }),
  application('shop', { app: 'web' }),
  application('shop', { app: 'web', tier: 'front' }),
  application('shop', { app: 'cart' }),
  application('shop', { tier: 'back' }, { repo: 'git@git.example:shop/web.git' }),
  application('shop', { app: 'cart' }, { repo: 'https://git.example/other/x' }),
  application('shop', { app: 'cart' }, { entityRef: 'component:default/claimed' }),
  application('shop', { app: 'cart' }, { entityRef: 'component:default/never-looked-at' }),
];

/** What the index must agree with: every selector held against the application. */
const expected = (selectors: readonly ApplicationSelector[], changed: Application) =>
  new Set([
    ...selectors
      .filter(selector => applicationsOf(selector, [changed]).applications.length)
      .map(({ entityRef }) => entityRef),
    ...(changed.entityRef ? [changed.entityRef] : []),
  ]);

describe('WatchedEntities', () => {
  it('tells of each application exactly the entities that find it', () => {
    const watched = new WatchedEntities();
    for (const selector of SELECTORS) watched.add(selector);
    const found = APPLICATIONS.map(changed => new Set(watched.refsOf(changed)));
    expect(found).toEqual(APPLICATIONS.map(changed => expected(SELECTORS, changed)));
    // So that the agreement is not one of two empty answers.
    const all = new Set(found.flatMap(refs => [...refs].map(ref => ref.split('/')[1])));
    expect([...all].sort()).toEqual(
      [
        ...['absent', 'both', 'claimed', 'equal', 'in-project', 'in-repository', 'named'],
        ...[
          'named-among-others',
          'named-in-staging',
          'never-looked-at',
          'none-of',
          'one-of',
          'present',
        ],
      ].sort(),
    );
  });

  it('tells of a source every entity that is not bound to another', () => {
    const watched = new WatchedEntities();
    for (const selector of [SELECTORS[0], SELECTORS[2]]) watched.add(selector);
    expect(watched.refsWithin('prod')).toEqual(['component:default/named']);
    expect(watched.refsWithin('staging')).toEqual([
      'component:default/named',
      'component:default/named-in-staging',
    ]);
  });

  it('forgets how an entity was found before it was annotated anew', () => {
    const watched = new WatchedEntities();
    watched.add(entity('web', { 'argocd/app-name': 'web' }));
    watched.add(entity('web', { 'argocd/app-name': 'cart' }));
    expect(watched.refsOf(application('web'))).toEqual([]);
    expect(watched.refsOf(application('cart'))).toEqual(['component:default/web']);
  });

  it('keeps the 5,000 entities that were looked at last', () => {
    const watched = new WatchedEntities();
    const look = (index: number) =>
      watched.add(entity(`web-${index}`, { 'argocd/app-name': 'web' }));
    for (let index = 0; index < 5_000; index += 1) look(index);
    look(0);
    look(5_000);
    const refs = watched.refsOf(application('web'));
    expect(refs).toHaveLength(5_000);
    expect(refs).toContain('component:default/web-0');
    expect(refs).not.toContain('component:default/web-1');
  });
});
