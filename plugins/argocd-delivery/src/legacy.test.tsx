import { EntityProvider } from '@backstage/plugin-catalog-react';
import { TestApiProvider, wrapInTestApp } from '@backstage/test-utils';
import { render, screen } from '@testing-library/react';
import { argocdDeliveryApiRef } from './api';
import { EntityDeliveryCard } from './legacy';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'payment', namespace: 'default' },
};

it('shows the same card in a portal on the classic frontend system', async () => {
  const api = {
    entityDelivery: jest.fn(async () => Promise.reject(new Error('the backend is gone'))),
  };
  render(
    wrapInTestApp(
      <TestApiProvider apis={[[argocdDeliveryApiRef, api as never]]}>
        <EntityProvider entity={entity}>
          <EntityDeliveryCard />
        </EntityProvider>
      </TestApiProvider>,
    ),
  );
  expect(await screen.findByText('the backend is gone')).toBeInTheDocument();
  expect(api.entityDelivery).toHaveBeenCalledWith('component:default/payment', expect.anything());
});
