import type { Backend } from './backend/Backend';
import { quantiles } from '../quantiles';
import { statusesRequest } from './sides/waymark';

const RUNS = 100;

export interface StatusesNumbers {
  readonly p50: number;
  readonly p95: number;
  readonly bytes: number;
  readonly gzip: number;
}

/** One request for the status of all of a scenario's services, asked again and again by one client. */
export async function measureStatuses(
  backend: Backend,
  token: string,
  services: readonly string[],
): Promise<StatusesNumbers> {
  const request = statusesRequest(services);
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const started = performance.now();
    const { status } = await backend.ask(request, token);
    times.push(performance.now() - started);
    if (status !== 200) throw new Error(`the statuses answered ${status}`);
  }
  const { median, p95 } = quantiles(times);
  const raw = await backend.ask(request, token);
  const gzip = await backend.ask(request, token, 'gzip');
  return { p50: median, p95, bytes: raw.body.length, gzip: gzip.body.length };
}
