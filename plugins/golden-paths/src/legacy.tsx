import { createPlugin } from '@backstage/core-plugin-api';
import { createScaffolderFieldExtension } from '@backstage/plugin-scaffolder-react';
import { DependencyPicker } from './components/DependencyPicker';
import { refuseTakenName, ServiceName } from './components/ServiceName';

/** The same fields for portals that still run the classic frontend system: children of `<ScaffolderFieldExtensions>`. */
export const goldenPathsPlugin = createPlugin({ id: 'golden-paths' });

export const ServiceNameFieldExtension = goldenPathsPlugin.provide(
  createScaffolderFieldExtension({
    name: 'ServiceName',
    component: ServiceName,
    validation: refuseTakenName,
  }),
);

export const DependencyPickerFieldExtension = goldenPathsPlugin.provide(
  createScaffolderFieldExtension({ name: 'DependencyPicker', component: DependencyPicker }),
);
