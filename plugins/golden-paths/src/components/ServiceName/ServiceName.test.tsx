import { useState } from 'react';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { translationApiRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import type { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { refuseTakenName } from './refuseTakenName';
import { ServiceName } from './ServiceName';

const cart = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'cart', namespace: 'default' },
  spec: { type: 'service', owner: 'team-shop' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/team-shop' }],
};
const catalog = catalogApiMock({ entities: [cart] });
const silent = {
  getEntityByRef: async () => Promise.reject(new Error('503 Service Unavailable')),
} as never;

const Form = () => {
  const [name, setName] = useState<string>();
  const props = {
    formData: name,
    onChange: setName,
    schema: { title: 'Name', description: 'Becomes the repository', maxLength: 40 },
    uiSchema: {},
    idSchema: { $id: 'root_name' },
    required: true,
    rawErrors: [] as string[],
  } as unknown as FieldExtensionComponentProps<string>;
  return <ServiceName {...props} />;
};

async function type(name: string, api: typeof catalog = catalog) {
  await renderInTestApp(<Form />, {
    apis: [[catalogApiRef, api]],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
  const field = await screen.findByLabelText(/Name/);
  await userEvent.type(field, name);
  return field;
}

it('says while one types what is wrong, and what would do', async () => {
  const field = await type('Order_History');
  const sentence = 'Capital letters are not allowed: write O H small. For example: order-history';
  expect(screen.getByRole('status')).toHaveTextContent(sentence);
  expect(field).toBeInvalid();
  expect(field).toHaveAccessibleDescription(sentence);
  await userEvent.clear(field);
  expect(screen.getByRole('status')).toHaveTextContent('Give it a name, such as order-history.');
});

it('says who has a name already, with a way to them', async () => {
  const field = await type('cart');
  expect(await screen.findByText(/owned by team-shop/)).toBeInTheDocument();
  expect(field).toBeInvalid();
  expect(screen.getByRole('link', { name: /cart/ })).toHaveAttribute(
    'href',
    '/catalog/default/component/cart',
  );
});

it('says that a name is free', async () => {
  const field = await type('order');
  expect(
    await screen.findByText('No component in the catalog is called order.'),
  ).toBeInTheDocument();
  expect(field).toBeValid();
});

it('says that the catalog cannot be asked, and holds nobody back', async () => {
  const field = await type('order', silent);
  expect(
    await screen.findByText(/does not answer \(503 Service Unavailable\)/),
  ).toBeInTheDocument();
  expect(field).toBeValid();
});

describe('before the next page', () => {
  async function refusals(name: string | undefined, api: typeof catalog) {
    const errors: string[] = [];
    const apis = new Map<unknown, unknown>([
      [catalogApiRef, api],
      [translationApiRef, mockApis.translation()],
    ]);
    await refuseTakenName(
      name as string,
      { addError: (error: string) => errors.push(error) } as never,
      { apiHolder: { get: (ref: unknown) => apis.get(ref) } } as never,
    );
    return errors;
  }

  it('refuses a name that is taken', async () =>
    expect(await refusals('cart', catalog)).toEqual([
      'There is already a component cart owned by team-shop. Choose another name.',
    ]));

  it.each([
    ['a name that is free', 'order', catalog],
    ['a name that nobody can check', 'cart', silent],
    ['no name, which the form refuses itself', undefined, catalog],
  ])('lets pass %s', async (_, name, api) => expect(await refusals(name, api)).toEqual([]));
});
