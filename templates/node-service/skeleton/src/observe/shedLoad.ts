import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/readConfig.ts';
import type { Metrics } from './Metrics.ts';

export interface ShedLoadOptions extends Pick<Config, 'maxInFlight' | 'maxEventLoopLagMs'> {
  readonly metrics: Metrics;
  readonly lag: { readonly milliseconds: number };
}

/**
 * Refuses what cannot be answered in time, at once and cheaply, instead of letting every answer become late: callers can
 * retry on another pod, and the pods that are left recover.
 */
export function shedLoad(
  app: FastifyInstance,
  { metrics, lag, maxInFlight, maxEventLoopLagMs }: ShedLoadOptions,
): void {
  let inFlight = 0;

  app.addHook('onRequest', (_request, reply, done) => {
    inFlight += 1;
    metrics.inFlight.set(inFlight);
    reply.raw.once('close', () => {
      inFlight -= 1;
      metrics.inFlight.set(inFlight);
    });
    const reason =
      inFlight > maxInFlight
        ? 'in-flight'
        : lag.milliseconds > maxEventLoopLagMs
          ? 'event-loop-lag'
          : undefined;
    if (!reason) return done();
    metrics.shed.inc({ reason });
    reply.header('retry-after', '1');
    return done(Object.assign(new Error('overloaded, try again'), { statusCode: 503 }));
  });
}
