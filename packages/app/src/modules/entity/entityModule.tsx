import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { EntityContentLayoutBlueprint } from './blueprints';

const overviewLayout = EntityContentLayoutBlueprint.make({
  name: 'overview',
  params: {
    loader: async () => {
      const { OverviewLayout } = await import('./OverviewLayout');
      return OverviewLayout;
    },
  },
});

export const entityModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [overviewLayout],
});
