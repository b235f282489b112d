import { createBackendModule } from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { type Scenario, serviceNames } from '../scenarios';

const LOCATION = 'bench:health-view';

/** A component for each service of a scenario, annotated as the stock plugin asks for. */
export const servicesInCatalog = (scenario: Scenario) =>
  createBackendModule({
    pluginId: 'catalog',
    moduleId: 'health-view-services',
    register(env) {
      env.registerInit({
        deps: { catalog: catalogProcessingExtensionPoint },
        async init({ catalog }) {
          catalog.addEntityProvider({
            getProviderName: () => LOCATION,
            connect: connection =>
              connection.applyMutation({
                type: 'full',
                entities: serviceNames(scenario).map(name => ({ entity: component(name) })),
              }),
          });
        },
      });
    },
  });

const component = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    annotations: {
      'backstage.io/kubernetes-id': name,
      'backstage.io/managed-by-location': LOCATION,
      'backstage.io/managed-by-origin-location': LOCATION,
    },
  },
  spec: { type: 'service', lifecycle: 'production', owner: 'group:default/shop' },
});
