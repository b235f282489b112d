import { createBackend } from '@backstage/backend-defaults';
import auth from '@backstage/plugin-auth-backend';
import catalog from '@backstage/plugin-catalog-backend';
import kubernetes from '@backstage/plugin-kubernetes-backend';
import permission from '@backstage/plugin-permission-backend';
import allowAll from '@backstage/plugin-permission-backend-module-allow-all-policy';
import workloadHealth from '@waymark/backstage-plugin-workload-health-backend';
import { scenarioNamed } from '../scenarios';
import { servicesInCatalog } from './servicesInCatalog';
import { signInByName } from './signInByName';

/** The smallest real backend that answers page views by one of the two plugins: `serve.ts <scenario> <plugin id>`. */
const [, , scenario, pluginId] = process.argv;
const backend = createBackend();
backend.add(auth);
backend.add(signInByName);
backend.add(permission);
backend.add(allowAll);
backend.add(catalog);
backend.add(servicesInCatalog(scenarioNamed(scenario)));
backend.add(pluginId === 'workload-health' ? workloadHealth : kubernetes);
backend.start();

process.on('message', () => process.send!({ answer: process.cpuUsage() }));
process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
