import type { FastifyInstance } from 'fastify';
import type { Metrics } from './Metrics.ts';

/** One metric and one log line for each answer. */
export function observeRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { method } = request;
    const route = request.routeOptions.url ?? 'unknown';
    const status = String(reply.statusCode);
    metrics.requests.inc({ method, route, status });
    metrics.duration.observe({ method, route }, reply.elapsedTime / 1000);
    const line = {
      method,
      route,
      status: reply.statusCode,
      duration_ms: Math.round(reply.elapsedTime * 10) / 10,
    };
    if (reply.statusCode >= 500) request.log.error(line, 'request failed');
    else request.log.debug(line, 'request answered');
    done();
  });
}
