import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiRoadMapLine } from '@remixicon/react';
import { FormFieldBlueprint } from './blueprints';

const serviceName = FormFieldBlueprint.make({
  name: 'service-name',
  params: {
    field: async () => (await import('./components/ServiceName')).serviceNameField,
  },
});

const dependencyPicker = FormFieldBlueprint.make({
  name: 'dependency-picker',
  params: {
    field: async () => (await import('./components/DependencyPicker')).dependencyPickerField,
  },
});

/** What the forms of the golden paths need beyond the stock fields. */
export const goldenPathsPlugin = createFrontendPlugin({
  pluginId: 'golden-paths',
  title: 'Golden paths',
  icon: <RiRoadMapLine />,
  info: { packageJson: () => import('../package.json') },
  extensions: [serviceName, dependencyPicker],
});
