import { createServer, type Server, type ServerResponse } from 'node:http';
import type { DependencyState } from './dependencies/DependencyMonitor.ts';
import type { Lifecycle } from './lifecycle/Lifecycle.ts';
import type { Metrics } from './observe/Metrics.ts';

export interface ManagementOptions {
  readonly lifecycle: Lifecycle;
  readonly dependencies: {
    readonly states: readonly DependencyState[];
    readonly satisfied: boolean;
  };
  readonly metrics: Metrics;
}

/** Probes and metrics on a port of their own: open until the process ends, behind no rate limit and no load balancer. */
export function createManagement({ lifecycle, dependencies, metrics }: ManagementOptions): Server {
  const routes: Readonly<Record<string, (response: ServerResponse) => void>> = {
    '/startupz': response =>
      answer(response, lifecycle.phase !== 'starting', { phase: lifecycle.phase }),
    // The process runs and its event loop turns. A dependency that is down does not heal by restarting this.
    '/livez': response => answer(response, true, { phase: lifecycle.phase }),
    '/readyz': response =>
      answer(response, lifecycle.phase === 'serving' && dependencies.satisfied, {
        phase: lifecycle.phase,
        dependencies: dependencies.states,
      }),
    '/metrics': async response => {
      const text = await metrics.registry.metrics();
      response.writeHead(200, { 'content-type': metrics.registry.contentType }).end(text);
    },
  };
  return createServer((request, response) => {
    const route = routes[request.url?.split('?', 1)[0] ?? ''];
    if (route) route(response);
    else response.writeHead(404).end();
  });
}

function answer(response: ServerResponse, good: boolean, body: object): void {
  response
    .writeHead(good ? 200 : 503, { 'content-type': 'application/json' })
    .end(JSON.stringify(body));
}
