import { createMockActionContext } from '@backstage/plugin-scaffolder-node-test-utils';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { withDefaults } from './withDefaults';

describe('withDefaults', () => {
  it('fills in what the template left out, and nothing else', async () => {
    const handler = jest.fn();
    const action = createTemplateAction({
      id: 'test:wait',
      schema: {
        input: {
          entityRef: z => z.string(),
          timeoutSeconds: z => z.number().default(60),
          kinds: z => z.array(z.string()).default(['component']),
          instance: z => z.string().optional(),
        },
      },
      handler: async ctx => handler(ctx.input),
    });
    const run = (input: object) =>
      withDefaults(action).handler(createMockActionContext({ input: input as never }));

    await run({ entityRef: 'a' });
    await run({ entityRef: 'b', timeoutSeconds: 5, instance: 'main' });

    expect(handler.mock.calls.map(([input]) => input)).toEqual([
      { entityRef: 'a', timeoutSeconds: 60, kinds: ['component'] },
      { entityRef: 'b', timeoutSeconds: 5, kinds: ['component'], instance: 'main' },
    ]);
  });
});
