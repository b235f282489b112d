import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createCatalogWaitAction } from './createCatalogWaitAction';

const order: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'order', namespace: 'default' },
};

describe('waymark:catalog:wait', () => {
  /** A catalog that has the entity at its nth look. */
  async function waitFor(entityRef: string, appearsAt: number) {
    const catalog = catalogServiceMock.mock();
    catalog.getEntityByRef.mockImplementation(async () =>
      catalog.getEntityByRef.mock.calls.length >= appearsAt ? order : undefined,
    );
    const wait = jest.fn(async () => {});
    const output = jest.fn();
    const context = createMockActionContext({ input: { entityRef, timeoutSeconds: 5 } });
    await createCatalogWaitAction({ catalog, wait })
      .handler({ ...context, output } as never)
      .catch(error => {
        throw Object.assign(error, { waits: wait.mock.calls.length });
      });
    return { waits: wait.mock.calls.length, ref: catalog.getEntityByRef.mock.calls[0][0], output };
  }

  it('ends when the catalog has the entity', async () => {
    const { waits, ref, output } = await waitFor('order', 3);
    expect([waits, ref]).toEqual([2, 'component:default/order']);
    expect(output).toHaveBeenCalledWith('entityRef', 'component:default/order');
  });

  it('gives up in the end, and says where to look', async () => {
    await expect(waitFor('order', Infinity)).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message:
        'the catalog has no component:default/order after 5 s: open the registered location in the catalog, it shows what is wrong with the file; then retry',
      waits: 10,
    });
  });

  it('refuses what is no reference', async () => {
    await expect(waitFor('component:', 1)).rejects.toThrow(
      '"component:" is not kind:namespace/name',
    );
  });
});
