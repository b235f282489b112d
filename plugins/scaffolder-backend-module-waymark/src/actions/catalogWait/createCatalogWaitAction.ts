import { setTimeout as sleep } from 'node:timers/promises';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { examples } from './examples';

export interface CatalogWaitOptions {
  readonly catalog: CatalogService;
  readonly wait?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

const POLL_MS = 500;

/**
 * Ends when the catalog has the entity. Registering answers about a second before that, and a page opened in between says
 * "not found" for good: with this as the last step, the task's last link always works.
 */
export const createCatalogWaitAction = ({
  catalog,
  wait = (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
}: CatalogWaitOptions) =>
  createTemplateAction({
    id: 'waymark:catalog:wait',
    description: 'Waits until the catalog has an entity',
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        entityRef: z => z.string({ description: 'kind:namespace/name' }),
        timeoutSeconds: z =>
          z.number({ description: 'When to give up' }).min(1).max(600).default(60),
      },
      output: { entityRef: z => z.string({ description: 'The full reference' }) },
    },
    async handler(ctx) {
      const { entityRef, timeoutSeconds } = ctx.input;
      const ref = fullRef(entityRef);
      ctx.output('entityRef', ref);
      if (ctx.isDryRun) return;
      const credentials = await ctx.getInitiatorCredentials();
      for (let waited = 0; waited < timeoutSeconds * 1000; waited += POLL_MS) {
        if (await catalog.getEntityByRef(ref, { credentials })) return;
        await wait(POLL_MS, ctx.signal);
      }
      throw new ServiceUnavailableError(
        `the catalog has no ${ref} after ${timeoutSeconds} s: open the registered location in the catalog, it shows what is wrong with the file; then retry`,
      );
    },
  });

function fullRef(entityRef: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(entityRef, { defaultKind: 'component', defaultNamespace: 'default' }),
    );
  } catch (error) {
    throw new InputError(
      `entityRef: ${JSON.stringify(entityRef)} is not kind:namespace/name`,
      error as Error,
    );
  }
}
