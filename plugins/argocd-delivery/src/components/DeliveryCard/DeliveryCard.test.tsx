import { renderInTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  DeliveryApplication,
  EntityDelivery,
} from '@waymark/backstage-plugin-argocd-delivery-common';
import { OUTDATED_AFTER_MS } from '@waymark/card-kit';
import { argocdDeliveryApiRef } from '../../api';
import { DeliveryCard } from './DeliveryCard';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payment', namespace: 'default' },
};

const application: DeliveryApplication = {
  id: 'abc',
  source: 'prod',
  name: 'payment-prod',
  namespace: 'argocd',
  project: 'shop',
  sync: { status: 'OutOfSync', conditions: [{ type: 'SyncError', message: 'quota exceeded' }] },
  health: { status: 'Degraded', message: 'one pod fails' },
  revisions: [
    {
      repoUrl: 'https://git.example/shop/payment',
      targetRevision: 'main',
      revision: 'a'.repeat(40),
      commitUrl: 'https://git.example/c',
    },
  ],
  images: ['shop/payment:1.9.0'],
  destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
  autoSync: { enabled: true, prune: true, selfHeal: false },
  operation: {
    phase: 'Failed',
    message: 'one object failed',
    by: 'ada',
    finishedAt: '2026-11-21T03:00:00Z',
  },
  history: [
    {
      id: 1,
      deployedAt: '2026-11-21T02:00:00Z',
      revisions: [],
      author: 'Ada',
      message: 'Retry on 503',
    },
  ],
  url: 'https://argocd.example/applications/argocd/payment-prod',
  actions: { sync: { allowed: true } },
};

const synced: DeliveryApplication = {
  ...application,
  sync: { status: 'Synced', conditions: [] },
  health: { status: 'Healthy' },
  operation: { phase: 'Running', startedAt: '2026-11-21T02:00:00Z' },
};

const delivery = (
  applications: DeliveryApplication[],
  sources: EntityDelivery['sources'] = [{ name: 'prod', type: 'api', state: 'live' }],
): EntityDelivery => ({
  entityRef: 'component:default/payment',
  applications,
  sources,
  mapping: { by: 'annotation', selectors: [] },
  at: '2026-11-21T03:00:00Z',
});

async function show(entityDelivery: () => Promise<EntityDelivery>) {
  const api = { entityDelivery: jest.fn(entityDelivery), sync: jest.fn(async () => undefined) };
  let signal: (message: unknown) => void = () => undefined;
  const signals = {
    subscribe: (_channel: string, onMessage: (message: never) => void) => {
      signal = onMessage as typeof signal;
      return { unsubscribe: () => undefined };
    },
  };
  await renderInTestApp(
    <EntityProvider entity={entity}>
      <DeliveryCard />
    </EntityProvider>,
    {
      apis: [
        [argocdDeliveryApiRef, api],
        [signalApiRef, signals as never],
      ],
    },
  );
  return { api, signal: (message: unknown) => act(async () => signal(message)) };
}

afterEach(() => jest.restoreAllMocks());

describe('DeliveryCard', () => {
  it('shows what is deployed, what went wrong and where to look', async () => {
    await show(async () => delivery([application]));
    expect(await screen.findByText('Out of sync')).toBeInTheDocument();
    for (const text of [
      'Degraded',
      'one pod fails',
      'SyncError: quota exceeded',
      'one object failed',
      'shop/payment:1.9.0',
      'on, prune',
    ]) {
      expect(screen.getByText(text)).toBeInTheDocument();
    }
    expect(screen.getByRole('link', { name: /aaaaaaa/ })).toHaveAttribute(
      'href',
      'https://git.example/c',
    );
    expect(screen.getByRole('link', { name: /payment-prod/ })).toHaveAttribute(
      'href',
      application.url,
    );
  });

  it('tells a screen reader of the phase, and not of the age that ticks beside it', async () => {
    await show(async () => delivery([application]));
    const phase = await screen.findByText('Failed');
    const region = phase.closest('[role="status"]');
    expect(region).toHaveTextContent(/^✖ Failed by ada$/);
    for (const status of screen.getAllByRole('status'))
      expect(status.querySelector('time')).toBeNull();
  });

  it('asks once before it syncs, and says that Argo CD took it', async () => {
    const { api } = await show(async () => delivery([application]));
    await userEvent.click(await screen.findByRole('button', { name: 'Sync…' }));
    expect(await screen.findByText(/Argo CD applies main to/)).toBeInTheDocument();
    expect(api.sync).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Sync' }));
    await waitFor(() =>
      expect(api.sync).toHaveBeenCalledWith('component:default/payment', 'abc', {
        prune: false,
        dryRun: false,
      }),
    );
    expect(await screen.findByText('Argo CD syncs payment-prod')).toBeInTheDocument();
  });

  it('prunes only by a tick of this time: what was cancelled leaves none behind', async () => {
    const { api } = await show(async () => delivery([application]));
    await userEvent.click(await screen.findByRole('button', { name: 'Sync…' }));
    await userEvent.click(await screen.findByRole('checkbox'));
    expect(screen.getByRole('checkbox')).toBeChecked();
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Sync…' }));
    expect(await screen.findByRole('checkbox')).not.toBeChecked();
    await userEvent.click(screen.getByRole('checkbox'));
    await userEvent.click(screen.getByRole('button', { name: 'Sync' }));
    const request = { prune: true, dryRun: false };
    await waitFor(() =>
      expect(api.sync).toHaveBeenCalledWith('component:default/payment', 'abc', request),
    );
  });

  it('leaves the word to the operation when it has ended, and keeps it until then', async () => {
    let now = application;
    const { signal } = await show(async () => delivery([now]));
    const turn = async (operation: DeliveryApplication['operation'], allowed: boolean) => {
      const sync = allowed ? { allowed } : { allowed, reason: 'operation-running' as const };
      now = { ...application, operation, actions: { sync } };
      await signal({ type: 'entities-changed', entityRefs: ['component:default/payment'] });
    };
    await userEvent.click(await screen.findByRole('button', { name: 'Sync…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Sync' }));
    await screen.findByText('Argo CD syncs payment-prod');
    const startedAt = '2026-11-21T03:05:00Z';
    await turn({ phase: 'Running', startedAt }, false);
    expect(await screen.findByText('Syncing')).toBeInTheDocument();
    expect(screen.getByText('Argo CD syncs payment-prod')).toBeInTheDocument();
    await turn({ phase: 'Failed', startedAt, finishedAt: '2026-11-21T03:05:09Z' }, true);
    expect(await screen.findByText('Failed')).toBeInTheDocument();
    expect(screen.queryByText('Argo CD syncs payment-prod')).not.toBeInTheDocument();
  });

  it('says why a sync was refused', async () => {
    const { api } = await show(async () => delivery([application]));
    api.sync.mockRejectedValue(new Error('another operation is already in progress'));
    await userEvent.click(await screen.findByRole('button', { name: 'Sync…' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Sync' }));
    expect(await screen.findByText(/was not synced: another operation/)).toBeInTheDocument();
  });

  it('disables the button with the reason', async () => {
    const blocked = {
      ...application,
      actions: { sync: { allowed: false as const, reason: 'operation-running' as const } },
    };
    await show(async () => delivery([blocked]));
    expect(await screen.findByRole('button', { name: 'Sync…' })).toBeDisabled();
    expect(screen.getByText('An operation is running. Wait for its end.')).toBeInTheDocument();
  });

  it('follows signals about its entity only', async () => {
    let now = application;
    const { api, signal } = await show(async () => delivery([now]));
    await screen.findByText('Out of sync');
    now = { ...application, sync: { status: 'Synced', conditions: [] } };
    await signal({ type: 'entities-changed', entityRefs: ['component:default/other'] });
    expect(api.entityDelivery).toHaveBeenCalledTimes(1);
    await signal({ type: 'entities-changed', entityRefs: ['component:default/payment'] });
    expect(await screen.findByText('Synced')).toBeInTheDocument();
  });

  it('shows nothing of a source that is gone as how it is, and says so first', async () => {
    await show(async () =>
      delivery(
        [synced],
        [
          {
            name: 'prod',
            type: 'api',
            state: 'stale',
            message: 'connection refused',
            lastContact: '2026-11-21T02:00:00Z',
          },
        ],
      ),
    );
    const notice = await screen.findByText(/prod does not answer/);
    expect(screen.getByText(/connection refused/)).toBeInTheDocument();
    const mark = screen.getByText('Synced (last known)');
    expect(notice.compareDocumentPosition(mark)).toBe(Node.DOCUMENT_POSITION_FOLLOWING);
    expect(screen.getByText('Healthy (last known)')).toBeInTheDocument();
    expect(screen.getByText('Syncing (last known)')).toBeInTheDocument();
    expect(document.querySelectorAll('[data-tone="good"]')).toHaveLength(0);
  });

  it('takes an answer that cannot be renewed for a minute for history', async () => {
    const { api, signal } = await show(async () => delivery([synced]));
    await screen.findByText('Synced');
    api.entityDelivery.mockRejectedValue(new Error('the backend is gone'));
    const changed = { type: 'entities-changed', entityRefs: ['component:default/payment'] };
    await signal(changed);
    expect(await screen.findByText(/the backend is gone/)).toBeInTheDocument();
    expect(screen.getByText('Synced')).toBeInTheDocument();
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + OUTDATED_AFTER_MS);
    await signal({ ...changed });
    expect(await screen.findByText('Synced (last known)')).toBeInTheDocument();
  });

  it('says what to annotate when there is nothing', async () => {
    await show(async () => delivery([]));
    expect(await screen.findByText('argocd/app-name: payment')).toBeInTheDocument();
  });

  it.each(['connecting', 'stale', 'unreachable', 'unauthorised'] as const)(
    'asks for no annotation while a source is %s',
    async state => {
      await show(async () => delivery([], [{ name: 'prod', type: 'api', state }]));
      expect(await screen.findByText(/^Nothing is known yet/)).toBeInTheDocument();
      expect(screen.queryByText(/argocd\/app-name/)).not.toBeInTheDocument();
    },
  );

  it('says what to configure when there is no source', async () => {
    await show(async () => delivery([], []));
    expect(await screen.findByText(/argocdDelivery\.sources/)).toBeInTheDocument();
  });

  it('shows a failure with a way to try again', async () => {
    const { api } = await show(async () => Promise.reject(new Error('the backend is gone')));
    expect(await screen.findByText('the backend is gone')).toBeInTheDocument();
    api.entityDelivery.mockResolvedValue(delivery([application]));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('payment-prod')).toBeInTheDocument();
  });
});
