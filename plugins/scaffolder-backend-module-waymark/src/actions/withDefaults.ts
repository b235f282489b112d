import type { TemplateAction } from '@backstage/plugin-scaffolder-node';

interface Handled {
  readonly schema?: TemplateAction['schema'];
  handler(ctx: never): Promise<void>;
}

interface Given {
  readonly input: object;
}

/**
 * Gives a handler the defaults that its schema declares. The scaffolder validates the input of a step against that
 * schema but hands it on as the template wrote it, so that what is left out would reach the handler as undefined.
 */
export function withDefaults<Action extends Handled>(action: Action): Action {
  const defaults = defaultsOf(action.schema?.input?.properties);
  const handle = action.handler as (ctx: Given) => Promise<void>;
  return {
    ...action,
    handler: (ctx: Given) => handle({ ...ctx, input: { ...defaults, ...ctx.input } }),
  };
}

const defaultsOf = (properties: Readonly<Record<string, unknown>> = {}): object =>
  Object.fromEntries(
    Object.entries(properties).flatMap(([name, property]) =>
      typeof property === 'object' && property !== null && 'default' in property
        ? [[name, property.default]]
        : [],
    ),
  );
