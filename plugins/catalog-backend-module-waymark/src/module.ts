import { createBackendModule } from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { includeYaml } from './includeYaml';

/**
 * Replaces the catalog's `$yaml`, which resolves its target against a URL and therefore fails in every file that a location
 * of type `file` names. Behind a URL it does what the stock one does.
 */
export const catalogModuleWaymark = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'waymark',
  register(reg) {
    reg.registerInit({
      deps: { catalog: catalogProcessingExtensionPoint },
      async init({ catalog }) {
        catalog.addPlaceholderResolver('yaml', includeYaml);
      },
    });
  },
});
