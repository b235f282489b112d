import { EntityProvider } from '@backstage/plugin-catalog-react';
import { TestApiProvider, wrapInTestApp } from '@backstage/test-utils';
import { render, screen } from '@testing-library/react';
import { workloadHealthApiRef } from './api';
import { EntityWorkloadHealthCard } from './legacy';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payment', namespace: 'default' },
};

it('shows the same card in a portal on the classic frontend system', async () => {
  const api = {
    entityHealth: jest.fn(async () => Promise.reject(new Error('the backend is gone'))),
  };
  render(
    wrapInTestApp(
      <TestApiProvider apis={[[workloadHealthApiRef, api as never]]}>
        <EntityProvider entity={entity}>
          <EntityWorkloadHealthCard />
        </EntityProvider>
      </TestApiProvider>,
    ),
  );
  // The card is loaded when it is needed, and on a busy machine that takes its time.
  const failure = screen.findByText('the backend is gone', undefined, { timeout: 15_000 });
  expect(await failure).toBeInTheDocument();
  expect(api.entityHealth).toHaveBeenCalledWith('component:default/payment', expect.anything());
}, 20_000);
