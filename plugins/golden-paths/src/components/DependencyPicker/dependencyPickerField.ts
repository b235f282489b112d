import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '../../blueprints';
import { DEPENDENCY_KINDS, type DependencyKind } from '../../dependency/Dependency';
import { DependencyPicker } from './DependencyPicker';

const kinds = Object.keys(DEPENDENCY_KINDS) as [DependencyKind, ...DependencyKind[]];

/** `ui:field: DependencyPicker` */
export const dependencyPickerField = createFormField({
  name: 'DependencyPicker',
  component: DependencyPicker,
  schema: makeFieldSchema({
    output: z =>
      z.array(
        z.object({
          name: z.string().describe('Its name in the catalog, and of its Kubernetes Service'),
          type: z.enum(kinds).optional(),
          host: z.string().optional().describe('Of an address outside of the cluster'),
          namespace: z.string().optional(),
          port: z.number().int().optional(),
          required: z.boolean().optional().describe('Whether the service is unready without it'),
        }),
      ),
    uiOptions: z =>
      z.object({
        catalogFilter: z
          .array(z.record(z.union([z.string(), z.array(z.string())])))
          .optional()
          .describe('What of the catalog is offered'),
      }),
  }),
});
