import { useState } from 'react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Dependency } from '../../dependency/Dependency';
import { DependencyPicker, type DependencyPickerOptions } from './DependencyPicker';

const entity = (kind: string, name: string, type: string, annotations = {}) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, namespace: 'default', annotations },
  spec: { type },
});
const catalog = catalogApiMock({
  entities: [
    entity('Component', 'payment', 'service', { 'backstage.io/kubernetes-namespace': 'shop' }),
    entity('Component', 'Old_Service', 'service'),
    entity('Component', 'shop-window', 'website'),
    entity('Resource', 'redis', 'cache', { 'waymark.dev/port': '6380' }),
  ],
});
const silent = {
  queryEntities: async () => Promise.reject(new Error('503 Service Unavailable')),
} as never;

let answered: Dependency[];

const Form = () => {
  const [chosen, setChosen] = useState<Dependency[]>();
  answered = chosen ?? [];
  const props = {
    formData: chosen,
    onChange: setChosen,
    schema: {
      title: 'What it calls',
      items: {
        properties: {
          type: { enum: ['service', 'https', 'mysql', 'rabbitmq'], enumNames: ['A service'] },
        },
      },
    },
    uiSchema: {},
    idSchema: { $id: 'root_dependencies' },
  } as unknown as FieldExtensionComponentProps<Dependency[], DependencyPickerOptions>;
  return <DependencyPicker {...props} />;
};

async function open(api: typeof catalog = catalog) {
  await renderInTestApp(<Form />, { apis: [[catalogApiRef, api]] });
  const box = await screen.findByRole('combobox', { name: /What it calls/ });
  await userEvent.click(box);
  return box;
}

it('offers what the catalog has, and takes kind, namespace and port from there', async () => {
  const box = await open();
  expect(await screen.findByRole('option', { name: 'payment' })).toBeInTheDocument();
  expect(screen.queryByRole('option', { name: /shop-window/ })).not.toBeInTheDocument();
  expect(screen.getByRole('option', { name: 'Old_Service' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await userEvent.click(screen.getByRole('option', { name: 'payment' }));
  await userEvent.type(box, 'redis{Enter}');
  expect(answered).toEqual([
    {
      name: 'payment',
      entityRef: 'component:default/payment',
      type: 'service',
      namespace: 'shop',
      port: 8080,
      required: false,
    },
    // The template of this test takes no Redis: the form asks what to make of it.
    { name: 'redis', entityRef: 'resource:default/redis', port: 6380, required: true },
  ]);
});

it('takes an address that the catalog does not have, as soon as it is left', async () => {
  const box = await open();
  await userEvent.type(box, 'https://api.tax.example.com');
  await userEvent.tab();
  await userEvent.type(box, 'half a sear');
  await userEvent.tab();
  expect(answered).toEqual([
    { name: 'api', host: 'api.tax.example.com', type: 'https', port: 443, required: false },
  ]);
  expect(box).toHaveValue('');
});

it('forgets what was typed on Escape', async () => {
  const box = await open();
  await userEvent.type(box, 'db.example.com:5432{Escape}');
  await userEvent.tab();
  expect(answered).toEqual([]);
});

it('asks what something is that nobody knows, and brings its usual port', async () => {
  const box = await open();
  await userEvent.type(box, 'legacy{Enter}{Escape}');
  expect(answered).toEqual([{ name: 'legacy' }]);
  const row = within(screen.getByRole('list', { name: 'Chosen' })).getByRole('listitem');
  expect(row).toHaveTextContent('What is it?');
  await userEvent.click(within(row).getByRole('button', { name: /Kind/ }));
  await userEvent.click(await screen.findByRole('option', { name: 'mysql' }));
  expect(answered).toEqual([{ name: 'legacy', type: 'mysql', port: 3306, required: true }]);
  await userEvent.type(within(row).getByLabelText(/Namespace/), 'old');
  await userEvent.click(within(row).getByLabelText('Not ready without it'));
  expect(row).toHaveTextContent('legacy.old:3306');
  expect(answered).toEqual([
    { name: 'legacy', type: 'mysql', namespace: 'old', port: 3306, required: false },
  ]);
  await userEvent.click(within(row).getByRole('button', { name: 'Remove legacy' }));
  expect(answered).toEqual([]);
});

it('keeps the TLS of an address, and lets it be changed where it is a choice', async () => {
  const box = await open();
  await userEvent.type(box, 'amqps://mq{Enter}{Escape}');
  const broker = { name: 'mq', type: 'rabbitmq', required: true };
  expect(answered).toEqual([{ ...broker, port: 5671, tls: true }]);
  await userEvent.click(screen.getByRole('button', { name: 'Change mq' }));
  await userEvent.click(screen.getByLabelText('Encrypted (TLS)'));
  expect(answered).toEqual([{ ...broker, port: 5672, tls: false }]);
  await userEvent.type(box, 'db:3306{Enter}{Escape}');
  await userEvent.click(screen.getByRole('button', { name: 'Change db' }));
  expect(screen.queryByLabelText('Encrypted (TLS)')).not.toBeInTheDocument();
});

it('says that the catalog cannot be asked, and takes addresses all the same', async () => {
  const box = await open(silent);
  expect(
    await screen.findByText(/does not answer \(503 Service Unavailable\)/),
  ).toBeInTheDocument();
  await userEvent.type(box, 'legacy-db:3306{Enter}');
  expect(answered).toEqual([{ name: 'legacy-db', type: 'mysql', port: 3306, required: true }]);
});
