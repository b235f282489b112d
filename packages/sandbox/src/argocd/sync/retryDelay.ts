import type { RetryStrategy } from '../application/Application';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** Reads durations as Go prints them, `1m30s`; a bare number is seconds. Undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  if (!/^(\d+(\.\d+)?(ms|s|m|h))+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit], 0);
}

// Defaults of pkg/apis/application/v1alpha1/types.go.
const DEFAULT_DURATION_MS = 5000;
const DEFAULT_FACTOR = 2;
const DEFAULT_MAX_MS = 180_000;

/** Milliseconds before the attempt after `retries` retries; undefined when there is none any more. */
export function retryDelay(retry: RetryStrategy | undefined, retries: number): number | undefined {
  const { limit = 0, backoff = {} } = retry ?? {};
  if (limit >= 0 && retries >= limit) return undefined;
  const first = parseDuration(backoff.duration ?? '') ?? DEFAULT_DURATION_MS;
  const most = parseDuration(backoff.maxDuration ?? '') ?? DEFAULT_MAX_MS;
  return Math.min(first * (backoff.factor ?? DEFAULT_FACTOR) ** retries, most);
}
