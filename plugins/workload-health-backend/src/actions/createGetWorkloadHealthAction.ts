import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { parseEntityRef } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import type { VisibleEntities } from '../answers/VisibleEntities';
import type { WorkloadHealthService } from '../answers/WorkloadHealthService';
import { briefOf } from './briefOf';

export interface GetWorkloadHealthActionOptions {
  readonly actionsRegistry: ActionsRegistryService;
  readonly service: WorkloadHealthService;
  readonly visible: VisibleEntities;
}

export function createGetWorkloadHealthAction({
  actionsRegistry,
  service,
  visible,
}: GetWorkloadHealthActionOptions) {
  actionsRegistry.register({
    name: 'get-workload-health',
    title: 'Get workload health',
    description: `Tells how the workloads of a catalog entity do in all its clusters: status, since when, the one cause in a sentence with a command to look closer, what was released shortly before, and which readiness rules fail. Under 2 kB whatever the number of pods.
When to use: someone asks whether a service is healthy, why it is down or degraded, or what changed before it broke; before proposing a rollback or a fix. Ask for one entity at a time.
When not to use: for raw Kubernetes objects or logs.
A status of "unknown" means that it could not be found out; it never means healthy.`,
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe(
              'The entity, as `component:default/payment`. Kind and namespace default to component and default.',
            ),
        }),
      output: z =>
        z.object({
          entityRef: z.string(),
          status: z
            .string()
            .describe(
              'healthy, suspended, progressing, unknown, degraded, down, or no workloads found',
            ),
          foundBy: z.string().describe('How the workloads were found'),
          workloads: z.array(
            z.object({
              workload: z.string(),
              status: z.string(),
              since: z.string(),
              ready: z.string(),
              cause: z.string().optional(),
              command: z.string().optional().describe('A read-only command that shows more'),
              changedBefore: z.string().optional(),
            }),
          ),
          clusters: z.array(z.string()).describe('Clusters that are not up to date'),
          readiness: z.object({ gate: z.string(), findings: z.array(z.string()) }),
          omitted: z.object({ workloads: z.number(), findings: z.number() }),
        }),
    },
    examples: [
      {
        title: 'Why is the payment service down?',
        input: { entityRef: 'component:default/payment' },
      },
    ],
    action: async ({ input, credentials }) => {
      const entity = await visible.one(entityRefOf(input.entityRef), credentials);
      const { health } = await service.viewOf(entity);
      const brief = briefOf(await health());
      return { output: JSON.parse(JSON.stringify(brief)) };
    },
  });
}

function entityRefOf(text: string) {
  try {
    return parseEntityRef(text, { defaultKind: 'component', defaultNamespace: 'default' });
  } catch (error) {
    throw new InputError(`not an entity ref: ${JSON.stringify(text).slice(0, 200)}`, error);
  }
}
