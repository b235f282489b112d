import { deepStrictEqual, strictEqual } from 'node:assert';
import type { Answer } from './ContractClient';

export const configMap = (name: string, extra: object = {}, labels?: Record<string, string>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, ...(labels && { labels }) },
  ...extra,
});

export const deployment = (name: string, spec: object = {}, podSpec: object = {}) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name },
  spec: {
    replicas: 1,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'app', image: 'registry.example/app:1' }], ...podSpec },
    },
    ...spec,
  },
});

/** The refusal as a whole, except for fields that the case does not name. */
export function assertRefused(
  { status, body }: Answer,
  expected: { code: number; reason: string; message?: string },
): void {
  strictEqual(status, expected.code, body?.message);
  const { kind, apiVersion, status: outcome, reason, code } = body;
  deepStrictEqual(
    { kind, apiVersion, outcome, reason, code },
    {
      kind: 'Status',
      apiVersion: 'v1',
      outcome: 'Failure',
      reason: expected.reason,
      code: expected.code,
    },
  );
  if (expected.message) strictEqual(body.message, expected.message);
}

export function assertOk({ status, body, text }: Answer): void {
  strictEqual(status < 300, true, `${status}: ${body?.message ?? text}`);
}
