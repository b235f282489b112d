import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KubeObject } from '@waymark/kube-graph';
import { load } from 'js-yaml';
import type { EntitySelector, Owned } from './EntitySelector';
import { ownedAs } from './ownedAs';
import { owns } from './owns';
import { selectorOf } from './selectorOf';

interface Case {
  readonly title: string;
  readonly kind?: string;
  readonly entity: Record<string, string>;
  readonly by?: EntitySelector['by'];
  readonly text?: string;
  readonly owns?: Partial<Owned>[];
  readonly owns_not?: Partial<Owned>[];
}

const folder = join(__dirname, 'cases');
const cases = readdirSync(folder).flatMap(
  file => load(readFileSync(join(folder, file), 'utf8')) as Case[],
);

describe('selectorOf', () => {
  it.each(cases)(
    '$title',
    ({ kind = 'Component', entity, by, text, owns: own = [], owns_not: others = [] }) => {
      const selector = selectorOf({
        apiVersion: 'backstage.io/v1alpha1',
        kind,
        metadata: { name: 'web', annotations: entity },
      });
      expect(selector && { by: selector.by, text: selector.text }).toEqual(by && { by, text });
      if (!selector) return;
      const judged = [...own, ...others].map(workload =>
        owns(selector, { cluster: 'eu', labels: {}, ...workload }),
      );
      expect(judged).toEqual([...own.map(() => true), ...others.map(() => false)]);
    },
  );
});

describe('ownedAs', () => {
  const deployment = (metadata: object, podLabels = {}) =>
    ({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'shop', ...metadata },
      spec: { template: { metadata: { labels: podLabels }, spec: { containers: [] } } },
    }) as KubeObject;

  it('takes the labels of the pods where the workload has none of its own', () => {
    const object = deployment({ labels: { app: 'web' } }, { app: 'pods', tier: 'front' });
    expect(ownedAs(object, 'eu')).toEqual({
      cluster: 'eu',
      namespace: 'shop',
      labels: { app: 'web', tier: 'front' },
    });
  });

  it.each<[string, object]>([
    [
      'tracking id',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:a/web' } },
    ],
    [
      'tracking id of an application in another namespace',
      { annotations: { 'argocd.argoproj.io/tracking-id': 'team_shop:apps/Deployment:a/web' } },
    ],
    ['instance label', { labels: { 'argocd.argoproj.io/instance': 'shop' } }],
    ['instance annotation', { annotations: { 'argocd.argoproj.io/instance': 'shop' } }],
    ['common instance label', { labels: { 'app.kubernetes.io/instance': 'shop' } }],
    [
      'tracking id before the label',
      {
        annotations: { 'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:a/web' },
        labels: { 'app.kubernetes.io/instance': 'release' },
      },
    ],
    [
      'common instance label where the tracking id is none',
      {
        annotations: { 'argocd.argoproj.io/tracking-id': `${'a'.repeat(400)}:apps/Deployment:a/b` },
        labels: { 'app.kubernetes.io/instance': 'shop' },
      },
    ],
  ])('knows the application by its %s', (_, metadata) => {
    expect(ownedAs(deployment(metadata), 'eu').application).toBe('shop');
  });

  it.each(['', 'Not a name', "shop'; drop table verdicts", 'a\0b', 'a'.repeat(254), 'team_'])(
    'takes %j for no application',
    instance => {
      const annotations = { 'argocd.argoproj.io/instance': instance };
      expect(ownedAs(deployment({ annotations }), 'eu').application).toBeUndefined();
    },
  );
});
