import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/**
 * Every metric of the service. The dashboard and the alerts in chart/monitoring read the http_* and dependency_* names.
 * Labels come from closed sets only: a route's pattern and not its URL, never a customer or an order.
 */
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Counter({
    name: 'http_requests_total',
    help: 'Answered requests',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [this.registry],
  });

  readonly duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the last of its answer',
    labelNames: ['method', 'route'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [this.registry],
  });

  readonly inFlight = new Gauge({
    name: 'http_requests_in_flight',
    help: 'Requests being worked on',
    registers: [this.registry],
  });

  readonly shed = new Counter({
    name: 'http_requests_shed_total',
    help: 'Requests refused because of overload',
    labelNames: ['reason'] as const,
    registers: [this.registry],
  });

  readonly dependencyUp = new Gauge({
    name: 'dependency_up',
    help: '1 while the dependency answers',
    labelNames: ['dependency'] as const,
    registers: [this.registry],
  });

  readonly dependencyCheck = new Histogram({
    name: 'dependency_check_seconds',
    help: 'Time a dependency takes to answer the check',
    labelNames: ['dependency'] as const,
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 2],
    registers: [this.registry],
  });

  /** The business in one number: what a person would ask for first. */
  readonly quotes = new Counter({
    name: 'quotes_total',
    help: 'Quotes given',
    labelNames: ['outcome'] as const,
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
  }
}
