import autocannon, { type Request } from 'autocannon';
import { headersOf } from '../backend/Backend';
import type { ViewRequest } from '../sides/Side';
import { quantiles } from '../../quantiles';

export interface Load {
  readonly views: number;
  readonly viewsPerSecond: number;
  readonly p50: number;
  readonly p95: number;
}

export interface FireOptions {
  readonly url: string;
  /** What each client asks for in turn. */
  readonly requests: readonly ViewRequest[];
  /** One client each. */
  readonly tokens: readonly string[];
  /** All of them are answered: a limit in time would leave out the slowest. */
  readonly views: number;
}

/** The slowest view that is waited for. */
const TIMEOUT_SECONDS = 60;

/** Clients that ask without a pause, each as a user of its own and each beginning elsewhere. Throws when a view fails. */
export async function fire({ url, requests, tokens, views }: FireOptions): Promise<Load> {
  const times: number[] = [];
  let clients = 0;
  let last = 0;
  const started = performance.now();
  const { errors, timeouts, non2xx } = await autocannon({
    url,
    connections: tokens.length,
    amount: views,
    timeout: TIMEOUT_SECONDS,
    setupClient: client => {
      const own = clients % tokens.length;
      clients += 1;
      const from = Math.floor((own * requests.length) / tokens.length);
      const headers = headersOf(tokens[own]);
      client.setRequests(rotated(requests, from).map(request => ({ ...request, headers })));
      // Its own histogram has no p95.
      client.on('response', (_status, _bytes, ms) => {
        times.push(ms);
        last = performance.now();
      });
    },
  });
  if (errors + timeouts + non2xx || times.length < views)
    throw new Error(
      `of ${views} views ${times.length} were answered, ${errors} broke, ${timeouts} timed out, ${non2xx} were refused`,
    );
  const { median, p95 } = quantiles(times);
  const seconds = (last - started) / 1000;
  return { views, viewsPerSecond: views / seconds, p50: median, p95 };
}

const rotated = (requests: readonly ViewRequest[], from: number): Request[] => [
  ...requests.slice(from),
  ...requests.slice(0, from),
];
