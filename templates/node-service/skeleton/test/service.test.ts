import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { test, type TestContext } from 'node:test';
import type { Config } from '../src/config/readConfig.ts';
import { createApp } from '../src/createApp.ts';
import { Lifecycle } from '../src/lifecycle/Lifecycle.ts';
import { createLogger } from '../src/observe/logger.ts';
import { Metrics } from '../src/observe/Metrics.ts';
import { routes as ownRoutes, type Routes } from '../src/routes/index.ts';
import { startService } from '../src/startService.ts';
import { anyConfig } from './anyConfig.ts';

const log = createLogger('silent');
/** Whether required dependencies answer is not the matter here. */
const config = (overrides: Partial<Config> = {}) =>
  anyConfig({ dependencies: {} as Config['dependencies'], ...overrides });

async function started(
  t: TestContext,
  overrides: Partial<Config> = {},
  routes: Routes = ownRoutes,
) {
  const service = await startService(config(overrides), log, routes);
  const stop = once(service.stop);
  t.after(stop);
  const status = async (port: number, path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).status;
  return {
    ...service,
    stop,
    traffic: (path: string) => status(service.port, path),
    probe: (path: string) => status(service.managementPort, path),
  };
}

function once<T>(act: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => (result ??= act());
}

function app(lagMs = 0, metrics = new Metrics()) {
  return createApp({
    config: config(),
    log,
    metrics,
    lifecycle: new Lifecycle(),
    lag: { milliseconds: lagMs },
    routes: ownRoutes,
  });
}

test('answers, validates its input and names errors with a trace id', async () => {
  const service = await app();
  service.get('/broken', () => {
    throw new Error('password is hush');
  });
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  const good = await service.inject('/v1/quotes/ABC-1?quantity=2');
  assert.equal(good.statusCode, 200);
  assert.equal(good.json().quantity, 2);
  assert.equal((await service.inject('/v1/quotes/ABC-1?quantity=0')).statusCode, 400);
  assert.equal((await service.inject('/nowhere')).statusCode, 404);

  const broken = await service.inject({ url: '/broken', headers: { traceparent } });
  assert.equal(broken.statusCode, 500);
  assert.deepEqual(broken.json(), {
    title: 'Internal Server Error',
    status: 500,
    trace_id: 'a'.repeat(32),
  });
});

test('tells started, alive and ready apart, and exports what alerts and dashboard read', async t => {
  const { traffic, probe, managementPort } = await started(t);
  assert.deepEqual(
    await Promise.all(['/startupz', '/livez', '/readyz', '/nothing'].map(probe)),
    [200, 200, 200, 404],
  );
  await traffic('/v1/quotes/ABC-1');

  const exported = await (await fetch(`http://127.0.0.1:${managementPort}/metrics`)).text();
  const chart = new URL('../chart/monitoring/', import.meta.url);
  const expressions = (
    await Promise.all(
      ['alerts.yaml', 'dashboard.json'].map(file => readFile(new URL(file, chart), 'utf8')),
    )
  ).join();
  const ours = new Set(expressions.match(/\b(http|dependency|nodejs)_[a-z0-9_]+(?=\{)/g));
  assert(ours.size >= 6);
  for (const metric of ours)
    assert.match(exported, new RegExp(`^(# TYPE )?${metric.replace(/_bucket$/, '')}\\b`, 'm'));
});

test('answers probes while the rate limit refuses traffic', async t => {
  const { traffic, probe } = await started(t, { rateLimit: 5 });
  const answers = await Promise.all(Array.from({ length: 200 }, () => traffic('/v1/quotes/ABC-1')));
  assert(answers.includes(429));
  const probes = await Promise.all(Array.from({ length: 200 }, () => probe('/readyz')));
  assert.deepEqual(new Set(probes), new Set([200]));
});

test('refuses what it cannot answer in time', async () => {
  const metrics = new Metrics();
  const service = await app(5000, metrics);
  const { statusCode, headers } = await service.inject('/v1/quotes/ABC-1');
  assert.deepEqual([statusCode, headers['retry-after']], [503, '1']);
  assert.match(
    await metrics.registry.metrics(),
    /http_requests_shed_total\{reason="event-loop-lag"\} 1/,
  );
});

test('when told to stop: not ready, alive, serving on, and what was begun is finished', async t => {
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const slow: Routes = async app => {
    app.get('/slow', async () => {
      begun.resolve();
      await finish.promise;
      return { done: true };
    });
  };
  const { stop, traffic, probe } = await started(t, { drainSeconds: 1 }, async (app, options) => {
    await app.register(ownRoutes, options);
    await app.register(slow, options);
  });
  const answer = traffic('/slow');
  await begun.promise;
  const stopped = stop();
  assert.deepEqual(
    await Promise.all([probe('/readyz'), probe('/livez'), traffic('/v1/quotes/ABC-1')]),
    [503, 200, 200],
  );

  await wait(1200);
  await assert.rejects(traffic('/v1/quotes/ABC-1'), 'it listens no more');
  assert.deepEqual(await Promise.all([probe('/readyz'), probe('/livez')]), [503, 200]);
  finish.resolve();
  assert.equal(await answer, 200);
  assert.equal(await stopped, 'finished');
});

test('cuts a request that takes longer than the grace period allows, and says so', async t => {
  const begun = Promise.withResolvers<void>();
  const { stop, traffic } = await started(
    t,
    { drainSeconds: 0, longestRequestSeconds: 0.2 },
    async app => {
      app.get('/endless', { handlerTimeout: 60_000 }, () => {
        begun.resolve();
        return new Promise(() => {});
      });
    },
  );
  const answer = traffic('/endless');
  await begun.promise;
  const [outcome] = await Promise.all([stop(), assert.rejects(answer)]);
  assert.equal(outcome, 'cut');
});
