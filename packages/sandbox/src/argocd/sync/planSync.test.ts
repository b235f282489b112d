import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import type { ComparedResource } from '../compare/compareApplication';
import { planSync, type SyncPlanInput } from './planSync';

const object = (kind: string, name: string, annotations: object = {}): KubeObject => ({
  apiVersion: 'v1',
  kind,
  metadata: { name, annotations: { ...annotations } },
});
const wave = (number: number) => ({ 'argocd.argoproj.io/sync-wave': String(number) });
const wanted = (target: KubeObject): ComparedResource => ({
  key: target.metadata.name,
  target,
  status: 'OutOfSync',
});
const extra = (live: KubeObject): ComparedResource => ({
  key: live.metadata.name,
  live,
  status: 'OutOfSync',
});

/** Steps as `action name`. */
const plan = (input: Partial<SyncPlanInput>) =>
  planSync({ resources: [], hooks: [], operation: { sync: { prune: true } }, ...input }).map(step =>
    step.map(task => `${task.action} ${task.object.metadata.name}`),
  );

describe('planSync', () => {
  it('does everything without order of its own in one step, kinds that others need first', () => {
    const resources = ['Deployment', 'Widget', 'Service', 'ConfigMap', 'ServiceAccount'].map(kind =>
      wanted(object(kind, kind.toLowerCase())),
    );
    expect(plan({ resources })).toEqual([
      [
        'apply serviceaccount',
        'apply configmap',
        'apply service',
        'apply deployment',
        'apply widget',
      ],
    ]);
  });

  it('goes by phase, then by wave', () => {
    const hook = (name: string, when: string) =>
      object('Job', name, { 'argocd.argoproj.io/hook': when });
    expect(
      plan({
        newNamespace: 'shop',
        resources: [
          wanted(object('Deployment', 'late', wave(2))),
          wanted(object('ConfigMap', 'early', wave(-1))),
          wanted(object('Deployment', 'main')),
        ],
        hooks: [
          hook('report', 'PostSync'),
          hook('migrate', 'PreSync'),
          object('Job', 'from-helm', { 'helm.sh/hook': 'pre-install,pre-upgrade' }),
          object('Pod', 'test', { 'helm.sh/hook': 'test' }),
        ],
      }),
    ).toEqual([
      ['apply shop'],
      ['hook from-helm', 'hook migrate'],
      ['apply early'],
      ['apply main'],
      ['apply late'],
      ['hook report'],
    ]);
  });

  it('removes before it applies, or after everything where that is wished', () => {
    const resources = [wanted(object('ConfigMap', 'new')), extra(object('ConfigMap', 'old'))];
    expect(plan({ resources })).toEqual([['prune old', 'apply new']]);
    const sync = { prune: true, syncOptions: ['PruneLast=true'] };
    expect(plan({ resources, operation: { sync } })).toEqual([['apply new'], ['prune old']]);
  });

  it('keeps what may not be removed, and says why', () => {
    const keep = object('ConfigMap', 'kept', {
      'argocd.argoproj.io/sync-options': 'Prune=false',
    });
    const resources = [extra(keep), extra(object('Secret', 'old'))];
    const reasons = (prune: boolean) =>
      planSync({ resources, hooks: [], operation: { sync: { prune } } })
        .flat()
        .map(({ action, reason }) => [action, reason]);
    expect(reasons(true)).toEqual([
      ['prune', undefined],
      ['keep', 'ignored (no prune)'],
    ]);
    expect(reasons(false)).toEqual([
      ['keep', 'ignored (requires pruning)'],
      ['keep', 'ignored (no prune)'],
    ]);
  });

  it('touches in a partial sync only what is named, and runs no hooks', () => {
    expect(
      plan({
        newNamespace: 'shop',
        resources: [wanted(object('ConfigMap', 'a')), wanted(object('ConfigMap', 'b'))],
        hooks: [object('Job', 'migrate', { 'argocd.argoproj.io/hook': 'PreSync' })],
        operation: { sync: { resources: [{ kind: 'ConfigMap', name: 'b' }] } },
      }),
    ).toEqual([['apply b']]);
  });
});
