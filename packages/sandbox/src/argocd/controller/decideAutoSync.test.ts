import type { Application, OperationState } from '../application/Application';
import type { ComparedResource } from '../compare/compareApplication';
import { decideAutoSync } from './decideAutoSync';

const now = new Date('2026-11-21T12:00:00Z');
const source = { repoURL: 'http://git.invalid/shop/cart.git', path: 'cart' };

const target = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'cart' } };
const different: ComparedResource = { key: 'a', target, status: 'OutOfSync' };
const same: ComparedResource = { key: 'b', target, live: target, status: 'Synced' };
const extra: ComparedResource = { key: 'c', live: target, status: 'OutOfSync' };

const ended = (state: Partial<OperationState> & { attempts?: number; ago?: number }) => ({
  operation: { sync: { autoHealAttemptsCount: state.attempts } },
  phase: 'Succeeded' as const,
  startedAt: '',
  finishedAt: new Date(now.getTime() - (state.ago ?? 60_000)).toISOString(),
  syncResult: { revision: 'abc', source },
  ...state,
});

const application = (
  automated: object | undefined,
  rest: { operation?: object; operationState?: OperationState } = {},
): Application => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: { name: 'cart' },
  spec: {
    project: 'default',
    source,
    destination: {},
    ...(automated && { syncPolicy: { automated } }),
  },
  status: { operationState: rest.operationState },
  ...(rest.operation && { operation: rest.operation }),
});

const decide = (app: Application, ...resources: ComparedResource[]) =>
  decideAutoSync({ application: app, resources, revisions: ['abc'], now });

describe('decideAutoSync', () => {
  it.each([
    ['nobody allowed it', application(undefined), [different]],
    ['it is switched off', application({ enabled: false }), [different]],
    ['an operation is under way', application({}, { operation: {} }), [different]],
    ['everything is in sync', application({}), [same]],
    ['only removals are left and pruning is off', application({}), [same, extra]],
    [
      'this commit is deployed and healing is off',
      application({}, { operationState: ended({}) }),
      [different],
    ],
  ])('does nothing when %s', (_when, app, resources) => {
    expect(decide(app, ...resources)).toEqual({ kind: 'nothing' });
  });

  it('syncs a commit that was not tried yet', () => {
    const before = ended({ phase: 'Failed', syncResult: { revision: 'older', source } });
    const app = application({ prune: true }, { operationState: before });
    expect(decide(app, different, same)).toEqual({
      kind: 'sync',
      operation: {
        initiatedBy: { automated: true },
        retry: { limit: 5 },
        sync: { prune: true, revision: 'abc', source },
      },
    });
  });

  it('does not try a commit again that failed', () => {
    const app = application(
      {},
      { operationState: ended({ phase: 'Failed', message: 'no quota' }) },
    );
    const message = 'Failed last sync attempt to [abc]: no quota';
    expect(decide(app, different)).toEqual({ kind: 'refuse', message });
  });

  it('never removes everything by itself unless told that it may', () => {
    expect(decide(application({ prune: true }), extra)).toEqual({
      kind: 'refuse',
      message: 'Skipping sync attempt to [abc]: auto-sync will wipe out all resources',
    });
    const allowed = application({ prune: true, allowEmpty: true });
    expect(decide(allowed, extra)).toMatchObject({ kind: 'sync' });
  });

  it('heals only what differs, at once the first time and then ever more slowly', () => {
    const healing = (attempts: number | undefined, ago: number) =>
      decide(
        application({ selfHeal: true }, { operationState: ended({ attempts, ago }) }),
        different,
        same,
      );
    expect(healing(undefined, 0)).toMatchObject({
      kind: 'sync',
      operation: {
        sync: {
          autoHealAttemptsCount: 1,
          resources: [{ group: 'apps', kind: 'Deployment', name: 'cart' }],
        },
      },
    });
    expect(healing(1, 500)).toEqual({ kind: 'later', milliseconds: 1500 });
    expect(healing(2, 500)).toEqual({ kind: 'later', milliseconds: 5500 });
    expect(healing(9, 500)).toEqual({ kind: 'later', milliseconds: 299_500 });
    expect(healing(9, 331_000)).toMatchObject({ kind: 'sync' });
  });
});
