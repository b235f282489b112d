import { parseApplication, USER_INFO } from './parseApplication';

const SECRET = 'canary-do-not-leak';

const object = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  metadata: {
    name: 'payment',
    namespace: 'argocd',
    annotations: {
      'backstage.io/entity-ref': 'Component:default/Payment',
      'kubectl.kubernetes.io/last-applied-configuration': SECRET,
    },
  },
  spec: {
    project: 'shop',
    source: {
      repoURL: 'https://git.example/shop/payment.git',
      path: 'chart',
      targetRevision: 'main',
      helm: { values: `password: ${SECRET}`, parameters: [{ name: 'token', value: SECRET }] },
    },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
    syncPolicy: { automated: {} },
  },
  status: {
    sync: { status: 'OutOfSync', revision: 'a'.repeat(40) },
    health: { status: 'Degraded', message: 'one pod fails' },
    conditions: [
      { type: 'SyncError', message: 'quota' },
      { type: 'SharedResource', message: 'noise' },
    ],
    summary: { images: ['shop/payment:1.9.0'] },
    history: [
      { id: 1, deployedAt: '2026-11-20T10:00:00Z', revision: 'b'.repeat(40) },
      {
        id: 2,
        deployedAt: '2026-11-21T10:00:00Z',
        revision: 'a'.repeat(40),
        initiatedBy: { automated: true },
      },
    ],
    operationState: {
      phase: 'Failed',
      message: 'one or more objects failed to apply',
      startedAt: '2026-11-21T10:00:00Z',
      operation: {
        info: [{ name: USER_INFO, value: 'user:default/ada' }],
        sync: { manifests: [SECRET] },
      },
    },
  },
};

describe('parseApplication', () => {
  const application = parseApplication('prod', object)!;

  it('keeps what the page shows', () => {
    expect(application).toMatchObject({
      source: 'prod',
      entityRef: 'component:default/payment',
      repositories: ['https://git.example/shop/payment.git'],
      sync: { status: 'OutOfSync', conditions: [{ type: 'SyncError', message: 'quota' }] },
      health: { status: 'Degraded', message: 'one pod fails' },
      revisions: [{ path: 'chart', targetRevision: 'main', revision: 'a'.repeat(40) }],
      images: ['shop/payment:1.9.0'],
      operation: { phase: 'Failed', by: 'user:default/ada' },
    });
    expect(application.history.map(({ id, by }) => [id, by])).toEqual([
      [2, 'automated'],
      [1, undefined],
    ]);
  });

  it('takes an empty automated block for on, and only an explicit false for off', () => {
    expect(application.autoSync).toEqual({ enabled: true, prune: false, selfHeal: false });
    const off = {
      ...object,
      spec: { ...object.spec, syncPolicy: { automated: { enabled: false, prune: true } } },
    };
    expect(parseApplication('prod', off)!.autoSync).toEqual({
      enabled: false,
      prune: false,
      selfHeal: false,
    });
    const manual = { ...object, spec: { ...object.spec, syncPolicy: undefined } };
    expect(parseApplication('prod', manual)!.autoSync.enabled).toBe(false);
  });

  it('lets no Helm value, parameter or annotation through', () => {
    expect(JSON.stringify(application)).not.toContain(SECRET);
  });

  it('shows every source with its own revision', () => {
    const several = {
      ...object,
      spec: {
        ...object.spec,
        source: undefined,
        sources: [{ repoURL: 'https://a.example/x' }, { repoURL: 'oci://b', chart: 'c' }],
      },
      status: { sync: { status: 'Synced', revisions: ['1'.repeat(40), '2.0.0'] } },
    };
    expect(parseApplication('prod', several)!.revisions).toEqual([
      { repoUrl: 'https://a.example/x', revision: '1'.repeat(40) },
      { repoUrl: 'oci://b', chart: 'c', revision: '2.0.0' },
    ]);
  });

  it('never takes an unknown word for a good one', () => {
    const odd = { ...object, status: { sync: { status: 'Perfect' }, health: { status: 'Great' } } };
    expect(parseApplication('prod', odd)).toMatchObject({
      sync: { status: 'Unknown' },
      health: { status: 'Unknown' },
    });
    expect(parseApplication('prod', { ...object, status: undefined })).toMatchObject({
      sync: { status: 'Unknown' },
    });
  });

  it.each([
    ['component:web', 'component:default/web'],
    [' web ', 'component:default/web'],
    ['Shop/Web', 'component:shop/web'],
    ['System:Shop/web', 'system:shop/web'],
    ['component:', undefined],
    ['/', undefined],
    ['', undefined],
  ])('reads the entity that %j names', (text, entityRef) => {
    const metadata = { ...object.metadata, annotations: { 'backstage.io/entity-ref': text } };
    expect(parseApplication('prod', { ...object, metadata })!.entityRef).toBe(entityRef);
  });

  it('takes a time that Go has not set for none', () => {
    const [, last] = object.status.history;
    const unset = {
      ...object,
      status: {
        ...object.status,
        reconciledAt: null,
        history: [{ id: 3, deployedAt: null }, last],
        operationState: { ...object.status.operationState, startedAt: null, finishedAt: null },
      },
    };
    const onUnreadable = jest.fn();
    const parsed = parseApplication('prod', unset, onUnreadable)!;
    expect(parsed.history.map(({ id }) => id)).toEqual([2]);
    expect(parsed.operation).toEqual({
      phase: 'Failed',
      message: 'one or more objects failed to apply',
      by: 'user:default/ada',
    });
    expect(onUnreadable).not.toHaveBeenCalled();
  });

  it.each<[string, object, object]>([
    [
      'status.history',
      { history: [{ id: 'one' }] },
      { history: [], sync: { status: 'OutOfSync' }, operation: { phase: 'Failed' } },
    ],
    [
      'status.operationState',
      { operationState: { phase: 7 } },
      { operation: undefined, health: { status: 'Degraded' } },
    ],
    [
      'status.conditions',
      { conditions: [{ type: 7, message: SECRET }] },
      { sync: { status: 'OutOfSync', conditions: [] } },
    ],
    ['status.sync', { sync: 'Synced' }, { sync: { status: 'Unknown' } }],
    ['status.health', { health: ['Healthy'] }, { health: { status: 'Unknown' } }],
  ])('leaves %s out where it cannot be read, and says so', (part, status, expected) => {
    const onUnreadable = jest.fn();
    const odd = { ...object, status: { ...object.status, ...status } };
    expect(parseApplication('prod', odd, onUnreadable)).toMatchObject(expected);
    expect(onUnreadable.mock.calls).toEqual([
      [{ application: 'argocd/payment', part, reason: expect.stringContaining('expected') }],
    ]);
    expect(JSON.stringify(onUnreadable.mock.calls)).not.toContain(SECRET);
  });

  it('takes an application for unknown of which only the name can be read', () => {
    const onUnreadable = jest.fn();
    const { metadata } = object;
    expect(
      parseApplication('prod', { metadata, spec: 'odd', status: 'odd' }, onUnreadable),
    ).toMatchObject({
      name: 'payment',
      entityRef: 'component:default/payment',
      sync: { status: 'Unknown' },
      health: { status: 'Unknown' },
      history: [],
    });
    expect(onUnreadable.mock.calls.map(([{ part }]) => part)).toEqual(['status', 'spec']);
  });

  it.each([undefined, {}, { metadata: {} }, 'text', []])('takes %j for no application', value => {
    expect(parseApplication('prod', value)).toBeUndefined();
  });

  it('tells sources and namespaces apart by id, and never by a guessable name', () => {
    const ids = [
      application.id,
      parseApplication('other', object)!.id,
      parseApplication('prod', { ...object, metadata: { ...object.metadata, namespace: 'team' } })!
        .id,
    ];
    expect(new Set(ids).size).toBe(3);
    expect(ids.join()).not.toContain('payment');
  });
});
