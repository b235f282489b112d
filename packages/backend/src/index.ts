import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('@backstage/plugin-auth-backend-module-guest-provider'));
backend.add(import('@backstage/plugin-auth-backend-module-oidc-provider'));
backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('@backstage/plugin-permission-backend-module-allow-all-policy'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'));
backend.add(import('@backstage/plugin-catalog-backend-module-logs'));
backend.add(import('@waymark/backstage-plugin-catalog-backend-module-waymark'));

backend.add(import('@backstage/plugin-scaffolder-backend'));
backend.add(import('@waymark/backstage-plugin-scaffolder-backend-module-waymark'));

backend.add(import('@backstage/plugin-techdocs-backend'));
backend.add(import('@backstage/plugin-search-backend'));
backend.add(import('@backstage/plugin-search-backend-module-catalog'));

// Signals cross the replicas of the backend through the events backend.
backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-notifications-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));
backend.add(import('@backstage/plugin-mcp-actions-backend'));

// The stock tab stays beside ours and reads the same clusters.
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('@waymark/backstage-plugin-workload-health-backend'));
backend.add(import('@waymark/backstage-plugin-argocd-delivery-backend'));

// Backstage notes a rejection and goes on: without this, a portal that could not start stays half up and never ready.
backend.start().catch(error => {
  console.error(`waymark: the portal cannot start: ${error.message}`);
  process.exit(1);
});
