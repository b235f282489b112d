import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  EntityHealth,
  WorkloadHealth,
} from '@waymark/backstage-plugin-workload-health-common';
import { clusterGone } from '@waymark/backstage-plugin-workload-health-common/examples';
import { OUTDATED_AFTER_MS } from '@waymark/card-kit';
import { workloadHealthApiRef } from '../../api';
import { HealthPage } from '../HealthPage';
import { HealthCard } from './HealthCard';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payment', namespace: 'default' },
};

const ref = (kind: string, name: string) => ({ group: 'apps', kind, namespace: 'shop', name });

const down: WorkloadHealth = {
  cluster: 'prod-eu',
  workload: ref('Deployment', 'payment'),
  status: 'down',
  since: '2026-11-21T02:47:00Z',
  cause: {
    code: 'configmap-key-missing',
    args: { workload: 'payment', name: 'payment-config', key: 'AMQP_HOST' },
    evidence: [
      {
        object: ref('Pod', 'payment-1'),
        path: '/status/containerStatuses/0/state/waiting/reason',
        value: 'CreateContainerConfigError',
      },
    ],
    command: 'kubectl -n shop get configmap payment-config -o yaml',
  },
  symptoms: [],
  gaps: [],
  changedBefore: {
    at: '2026-11-21T02:46:00Z',
    revision: { from: '41', to: '42' },
    images: [{ container: 'app', from: 'shop/payment:1.8.0', to: 'shop/payment:1.9.0' }],
    configuration: ['checksum/config'],
  },
  facts: {
    workload: ref('Deployment', 'payment'),
    replicas: { desired: 3, ready: 0, updated: 3, total: 3 },
    images: [{ container: 'app', image: 'shop/payment:1.9.0' }],
    recentRestarts: 0,
    pods: [
      {
        status: 'down',
        state: 'CreateContainerConfigError',
        count: 3,
        examples: [{ name: 'payment-1', zone: 'eu-west-1a', restarts: 0 }],
      },
    ],
    scaler: {
      scaler: ref('HorizontalPodAutoscaler', 'payment'),
      current: 3,
      desired: 3,
      min: 2,
      max: 10,
      metrics: [{ name: 'cpu', target: '60%' }],
    },
    disruptionBudgets: [
      {
        budget: ref('PodDisruptionBudget', 'payment'),
        disruptionsAllowed: 0,
        healthy: 0,
        desiredHealthy: 2,
      },
    ],
    services: [{ service: ref('Service', 'payment'), readyEndpoints: 0, totalEndpoints: 3 }],
  },
};

const healthy: WorkloadHealth = {
  ...down,
  workload: ref('Deployment', 'worker'),
  status: 'healthy',
  cause: undefined,
  changedBefore: undefined,
  facts: { ...down.facts, replicas: { desired: 2, ready: 2, updated: 2, total: 2 }, pods: [] },
};

const health = (
  workloads: WorkloadHealth[],
  clusters: EntityHealth['clusters'] = [
    { name: 'prod-eu', state: 'live', lastContact: '2026-11-21T03:00:00Z', forbidden: [] },
  ],
): EntityHealth => ({
  entityRef: 'component:default/payment',
  status: workloads[0]?.status,
  mapping: { by: 'annotations', selectors: ['backstage.io/kubernetes-id=payment'] },
  workloads,
  clusters,
  readiness: {
    gate: 'fail',
    levels: [
      { level: 'deployable', pass: 3, fail: 0, unknown: 0, reached: true },
      { level: 'resilient', pass: 3, fail: 1, unknown: 0, reached: false },
    ],
    findings: [
      {
        rule: 'replicas-single',
        code: 'single',
        args: { workload: 'Deployment/payment', replicas: 1, service: 'payment' },
        severity: 'error',
        level: 'resilient',
        cluster: 'prod-eu',
        subject: ref('Deployment', 'payment'),
        path: '/spec/replicas',
        fingerprint: 'f',
      },
    ],
    total: 1,
    undecided: [{ rule: 'config-ref-missing', kind: 'Secret', message: 'secrets are never read' }],
  },
  at: '2026-11-21T03:00:00Z',
});

async function show(
  element: JSX.Element,
  entityHealth: () => Promise<EntityHealth>,
  config: { workloadHealth?: { docsUrl: string } } = {},
) {
  const api = { entityHealth: jest.fn(entityHealth) };
  let signal: (message: unknown) => void = () => undefined;
  const signals = {
    subscribe: (_channel: string, onMessage: (message: never) => void) => {
      signal = onMessage as typeof signal;
      return { unsubscribe: () => undefined };
    },
  };
  const { unmount } = renderInTestApp(<EntityProvider entity={entity}>{element}</EntityProvider>, {
    apis: [
      [workloadHealthApiRef, api],
      [signalApiRef, signals as never],
    ],
    config,
  });
  return { api, unmount, signal: (message: unknown) => act(async () => signal(message)) };
}

afterEach(() => jest.restoreAllMocks());

describe('HealthCard', () => {
  it('says what is wrong, what changed and what to do', async () => {
    await show(<HealthCard />, async () => health([down]));
    expect(
      await screen.findByText(
        'payment cannot start: ConfigMap "payment-config" has no key "AMQP_HOST"',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Down')).toBeInTheDocument();
    expect(
      screen.getByText(
        /revision 41 → 42, app 1\.8\.0 → 1\.9\.0, configuration \(checksum\/config\)/,
      ),
    ).toBeInTheDocument();
    expect(
      screen.getByText('kubectl -n shop get configmap payment-config -o yaml'),
    ).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Copy the command' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Evidence (1)' }));
    expect(await screen.findByText('CreateContainerConfigError')).toBeInTheDocument();
    expect(screen.queryByRole('link', { name: 'About this cause' })).not.toBeInTheDocument();
  });

  it('links a cause to its page where the portal says that there is one', async () => {
    await show(<HealthCard />, async () => health([down]), {
      workloadHealth: { docsUrl: '/docs/default/system/waymark/' },
    });
    expect(await screen.findByRole('link', { name: 'About this cause' })).toHaveAttribute(
      'href',
      '/docs/default/system/waymark/causes/configmap-key-missing',
    );
  });

  it('is quiet about a healthy workload and puts the worst first', async () => {
    await show(<HealthCard />, async () => health([healthy, down]));
    const marks = (await screen.findAllByText(/Down|Healthy/)).map(
      ({ textContent }) => textContent,
    );
    expect(marks).toEqual([expect.stringContaining('Down'), expect.stringContaining('Healthy')]);
    expect(screen.getAllByRole('button', { name: 'Copy the command' })).toHaveLength(1);
  });

  it('shows how far the workloads are ready for production, and says where the findings are', async () => {
    await show(<HealthCard />, async () => health([healthy]));
    expect(await screen.findByText('Deployable')).toBeInTheDocument();
    expect(screen.getByText('Resilient')).toBeInTheDocument();
    expect(screen.getByText('1 finding, under Workloads')).toBeInTheDocument();
  });

  it('turns when a signal names its entity, without a reload', async () => {
    let now = down;
    const { api, signal } = await show(<HealthCard />, async () => health([now]));
    await screen.findByText('Down');
    now = { ...healthy, workload: down.workload };
    await signal({ type: 'entities-changed', entityRefs: ['component:default/other'] });
    expect(api.entityHealth).toHaveBeenCalledTimes(1);
    await signal({ type: 'entities-changed', entityRefs: ['component:default/payment'] });
    expect(await screen.findByText('Healthy')).toBeInTheDocument();
    expect(screen.queryByText('Down')).not.toBeInTheDocument();
  });

  it('never looks calm about a cluster that is gone, and says so before what was known of it', async () => {
    await show(<HealthCard />, async () => clusterGone);
    const notice = await screen.findByText('eu does not answer');
    const mark = screen.getByText('Unknown');
    expect(screen.getByText(/^· was healthy/)).toBeInTheDocument();
    expect(screen.getByText(/connect ECONNREFUSED.*See that the API server/)).toBeInTheDocument();
    expect(notice.compareDocumentPosition(mark)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(document.querySelectorAll('[data-tone="good"]')).toHaveLength(0);
  });

  it('shows a kind that may not be read as what keeps the verdict from being certain', async () => {
    await show(<HealthCard />, async () =>
      health(
        [{ ...healthy, status: 'unknown', gaps: [{ kind: 'Pod', message: 'pods is forbidden' }] }],
        [
          {
            name: 'prod-us',
            state: 'live',
            lastContact: '2026-11-21T02:00:00Z',
            forbidden: [
              { kind: 'Pod', verb: 'list', resource: 'pods', message: 'pods is forbidden' },
            ],
          },
        ],
      ),
    );
    expect(await screen.findByText('Unknown')).toBeInTheDocument();
    expect(screen.getByText('Not certain: pods is forbidden')).toBeInTheDocument();
    expect(screen.getByText('prod-us: pods may not be read')).toBeInTheDocument();
    expect(screen.queryByText('Healthy')).not.toBeInTheDocument();
  });

  it('says what to annotate when nothing is found', async () => {
    await show(<HealthCard />, async () => health([]));
    expect(await screen.findByText('backstage.io/kubernetes-id: payment')).toBeInTheDocument();
  });

  it.each<[string, EntityHealth['clusters'][number], RegExp]>([
    [
      'cannot be reached',
      { name: 'eu', state: 'unreachable', message: 'getaddrinfo ENOTFOUND', forbidden: [] },
      /eu cannot be reached/,
    ],
    [
      'lets something not be read',
      {
        name: 'eu',
        state: 'live',
        forbidden: [{ kind: 'Pod', verb: 'list', resource: 'pods', message: 'no' }],
      },
      /eu: pods may not be read/,
    ],
  ])('asks for no annotation while a cluster %s', async (_what, cluster, said) => {
    for (const element of [<HealthCard />, <HealthPage />]) {
      const { unmount } = await show(element, async () => health([], [cluster]));
      const notice = await screen.findByText(said);
      const nothing = screen.getByText(/^Nothing is known yet of the workloads/);
      expect(notice.compareDocumentPosition(nothing)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
      expect(screen.queryByText(/backstage.io\/kubernetes-id/)).not.toBeInTheDocument();
      unmount();
    }
  });

  it('keeps the last answer when a newer one fails', async () => {
    const { api, signal } = await show(<HealthCard />, async () => health([down]));
    await screen.findByText('Down');
    api.entityHealth.mockRejectedValue(new Error('the backend is gone'));
    await signal({ type: 'entities-changed', entityRefs: ['component:default/payment'] });
    expect(await screen.findByText(/the backend is gone/)).toBeInTheDocument();
    expect(screen.getByText('Down')).toBeInTheDocument();
  });

  it('takes an answer that cannot be renewed for a minute for history', async () => {
    const { api, signal } = await show(<HealthCard />, async () => health([healthy]));
    await screen.findByText('Healthy');
    api.entityHealth.mockRejectedValue(new Error('the backend is gone'));
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + OUTDATED_AFTER_MS);
    await signal({ type: 'entities-changed', entityRefs: ['component:default/payment'] });
    expect(await screen.findByText('Unknown')).toBeInTheDocument();
    expect(screen.getByText(/^· was healthy/)).toBeInTheDocument();
    expect(document.querySelectorAll('[data-tone="good"]')).toHaveLength(0);
  });
});

describe('HealthPage', () => {
  it('shows nothing of a cluster that is gone as how it is', async () => {
    await show(<HealthPage />, async () => clusterGone);
    expect(await screen.findByText('Unknown · was healthy')).toBeInTheDocument();
    for (const text of ['Running (last known)', '3 of 3 endpoints (last known)'])
      expect(screen.getByText(text)).toBeInTheDocument();
    expect(document.querySelectorAll('[data-tone="good"]')).toHaveLength(0);
  });

  it('shows what has the same name in two namespaces twice, with where it is', async () => {
    const elsewhere = JSON.parse(JSON.stringify(down).replaceAll('"shop"', '"shop-eu"'));
    await show(<HealthPage />, async () => health([down, elsewhere]));
    await screen.findAllByText('0 of 3');
    expect(screen.getAllByText('Service · shop')).toHaveLength(1);
    expect(screen.getAllByText('Service · shop-eu')).toHaveLength(1);
    const pods = within(screen.getByRole('region', { name: 'Pods' }));
    expect(pods.getAllByText(/^shop(-eu)?$/)).toHaveLength(2);
  });

  it('shows two workloads of one name on the card with where each is', async () => {
    const elsewhere = JSON.parse(JSON.stringify(down).replaceAll('"shop"', '"shop-eu"'));
    await show(<HealthCard />, async () => health([down, elsewhere]));
    expect(await screen.findByText(/Deployment payment · shop · 0 of 3 ready/)).toBeInTheDocument();
    expect(screen.getByText(/Deployment payment · shop-eu · 0 of 3 ready/)).toBeInTheDocument();
  });

  it('takes what could not be counted for unknown, and not for none', async () => {
    const { facts } = down;
    const uncounted = {
      ...facts,
      disruptionBudgets: [{ budget: ref('PodDisruptionBudget', 'payment') }],
      services: [{ service: ref('Service', 'payment') }],
    };
    await show(<HealthPage />, async () => health([{ ...down, facts: uncounted }]));
    for (const text of ['endpoints could not be read', 'disruptions allowed: not counted yet'])
      expect(await screen.findByText(text)).toHaveAttribute('data-tone', 'unknown');
  });

  it('shows workloads, pods, guards and readiness', async () => {
    await show(<HealthPage />, async () => health([down, healthy]));
    expect(await screen.findByText('0 of 3')).toBeInTheDocument();
    for (const text of [
      /CreateContainerConfigError/,
      /3 of 2–10, cpu not measured of 60%/,
      /disruptions allowed: 0/,
      /0 of 3 endpoints/,
      'Not ready for production',
      /Deployment\/payment runs 1 replica/,
      /Undecided: config-ref-missing/,
    ]) {
      expect(screen.getAllByText(text).length).toBeGreaterThan(0);
    }
  });
});
