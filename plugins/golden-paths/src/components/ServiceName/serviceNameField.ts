import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '../../blueprints';
import { refuseTakenName } from './refuseTakenName';
import { ServiceName } from './ServiceName';

/** `ui:field: ServiceName` */
export const serviceNameField = createFormField({
  name: 'ServiceName',
  component: ServiceName,
  validation: refuseTakenName,
  schema: makeFieldSchema({
    output: z => z.string().describe('A DNS label that no component in the catalog has'),
  }),
});
