import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { Config, Dependency } from './config/readConfig.ts';
import { createApp } from './createApp.ts';
import { createManagement } from './createManagement.ts';
import { DependencyMonitor } from './dependencies/DependencyMonitor.ts';
import { ask } from './dependencies/ask.ts';
import { Lifecycle } from './lifecycle/Lifecycle.ts';
import { shutDown } from './lifecycle/shutDown.ts';
import { EventLoopLag } from './observe/EventLoopLag.ts';
import { Metrics } from './observe/Metrics.ts';
import type { Routes } from './routes/index.ts';

export interface Service {
  readonly port: number;
  readonly managementPort: number;
  stop(): Promise<'finished' | 'cut'>;
}

export async function startService(config: Config, log: Logger, routes: Routes): Promise<Service> {
  const metrics = new Metrics();
  const lifecycle = new Lifecycle();
  const dependencies = new DependencyMonitor({
    dependencies: Object.values<Dependency>(config.dependencies),
    ask,
    metrics,
    log,
  });
  const app = await createApp({ config, log, metrics, lifecycle, lag: new EventLoopLag(), routes });
  const management = createManagement({ lifecycle, dependencies, metrics });

  // First the probes: while the rest starts, they say so.
  management.listen(config.managementPort, config.host);
  await once(management, 'listening');
  await app.listen({ host: config.host, port: config.port });
  dependencies.start();
  lifecycle.started();

  return {
    port: (app.server.address() as AddressInfo).port,
    managementPort: (management.address() as AddressInfo).port,
    stop: () =>
      shutDown({
        lifecycle,
        drainSeconds: config.drainSeconds,
        longestRequestSeconds: config.longestRequestSeconds,
        closeTraffic: () => app.close(),
        cutTraffic: () => app.server.closeAllConnections(),
        closeManagement: async () => {
          dependencies.stop();
          management.close();
          management.closeAllConnections();
        },
      }),
  };
}
