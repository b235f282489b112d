import rateLimit from '@fastify/rate-limit';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import { LogController, fastify, type FastifyBaseLogger } from 'fastify';
import type { Config } from './config/readConfig.ts';
import type { Lifecycle } from './lifecycle/Lifecycle.ts';
import type { Metrics } from './observe/Metrics.ts';
import { observeRequests } from './observe/observeRequests.ts';
import { shedLoad } from './observe/shedLoad.ts';
import { traceIdOf } from './observe/traceId.ts';
import { answerErrors } from './answerErrors.ts';
import type { Routes } from './routes/index.ts';

export interface AppOptions {
  readonly config: Config;
  readonly log: FastifyBaseLogger;
  readonly metrics: Metrics;
  readonly lifecycle: Lifecycle;
  readonly lag: { readonly milliseconds: number };
  readonly routes: Routes;
}

/** The traffic side. Probes and metrics are answered elsewhere (createManagement.ts), so that nothing here can refuse them. */
export async function createApp({ config, log, metrics, lifecycle, lag, routes }: AppOptions) {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'trace_id',
    }),
    genReqId: traceIdOf,
    // One proxy, the load balancer, says who calls; what further ones claim is not believed.
    trustProxy: (_address, hop) => hop < 1,
    bodyLimit: 1024 * 1024,
    handlerTimeout: config.longestRequestSeconds * 1000,
    // Longer than the 60 s of an ALB, so that never our side closes a connection that is about to be used again.
    keepAliveTimeout: 65_000,
    // While closing, a request on an open connection is one in flight: it is answered.
    return503OnClosing: false,
  }).withTypeProvider<TypeBoxTypeProvider>();

  answerErrors(app);
  observeRequests(app, metrics);
  shedLoad(app, { metrics, lag, ...config });
  app.addHook('onSend', async (_request, reply) => {
    // Asks the caller to come back on another connection, which leads to another pod.
    if (lifecycle.phase === 'draining') reply.header('connection', 'close');
  });

  if (config.rateLimit > 0)
    await app.register(rateLimit, { max: config.rateLimit, timeWindow: 1000 });
  await app.register(routes, { metrics });
  return app;
}
