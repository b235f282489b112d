import assert from 'node:assert/strict';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Rendered } from './TemplateCase';
import type { Tally } from './Tally';
import { run } from './checks/runTools';
import { collectSpans } from './service/collectSpans';
import { drainUnderLoad, faultsOf } from './service/drainUnderLoad';
import { freezeDependency } from './service/freezeDependency';
import { runJourney } from './service/runJourney';
import { startService, statusOf, stopService } from './service/ServiceProcess';

const npm = (folder: string, ...args: string[]) => run('npm', args, { cwd: folder });

/** Services that must not pass, and why not. */
const CONTROLS = [
  ['closesAtOnce', /requests failed/],
  ['confusesProbes', /readyz never said 503.*livez said|livez said.*readyz never said 503/],
] as const;

/** Installs, tests, builds and runs what was generated. */
export async function runService(tally: Tally, plain: Rendered, rich: Rendered): Promise<void> {
  const { folder } = plain;
  const installed = await tally.check(
    'service · npm ci',
    () => void npm(folder, 'ci', '--no-audit', '--no-fund'),
  );
  if (!installed) return;
  cpSync(join(folder, 'node_modules'), join(rich.folder, 'node_modules'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  let built = true;
  for (const rendered of [plain, rich]) {
    const name = rendered.testCase.name;
    await tally.check(`service · ${name} · its own tests`, () => testsOf(rendered.folder));
    built =
      (await tally.check(`service · ${name} · types and build`, () => {
        npm(rendered.folder, 'run', 'check');
        npm(rendered.folder, 'run', 'build');
      })) && built;
  }
  if (!built) return;
  await tally.check('service · names every missing variable and ends', () =>
    assertFailsFast(rich.folder),
  );
  await tally.check('service · probes', () => assertProbes(folder));
  await tally.check('service · drains under load', () =>
    assertDrains(folder, ['dist/main.js'], '/v1/quotes/ABC-1'),
  );
  for (const [control, because] of CONTROLS) {
    await tally.check(`service · the drain check refuses a service that ${control}`, async () => {
      const args = [join(__dirname, 'service', `${control}.mjs`)];
      await assert.rejects(assertDrains(folder, args, '/'), because);
    });
  }
  await tally.check('service · a frozen dependency', () => freezeDependency(rich.folder));
  await tally.check('service · spans reach a collector', () => collectSpans(folder));
  await tally.check('service · its journey under k6', () => journey(folder));
  await tally.check('service · its journey refuses a service that fails', () =>
    failingJourney(folder),
  );
}

function testsOf(folder: string): string {
  const output = npm(folder, 'test');
  const [, passed] = /pass (\d+)/.exec(output) ?? [];
  assert(Number(passed) > 10, output);
  return `${passed} passed`;
}

async function assertFailsFast(folder: string): Promise<void> {
  const failure = await startService(folder, ['dist/main.js']).then(
    () => '',
    (error: Error) => error.message,
  );
  for (const name of [
    'PAYMENT_URL',
    'STOCK_URL',
    'CHECKOUT_DB_URL',
    'SESSIONS_URL',
    'TAX_URL',
    'DATABASE_URL',
    'TAX_KEY',
  ]) {
    assert(failure.includes(`${name} `), `${name} is not named: ${failure}`);
  }
  assert(failure.includes('ended with 1'), failure);
}

async function assertProbes(folder: string): Promise<void> {
  const service = await startService(folder, ['dist/main.js']);
  const statuses = await Promise.all(
    ['/startupz', '/livez', '/readyz', '/metrics'].map(path => statusOf(service.management + path)),
  );
  assert.deepEqual(statuses, [200, 200, 200, 200]);
  assert.equal(await statusOf(`${service.traffic}/metrics`), 404, 'metrics are public');
  assert.equal(await stopService(service), 0);
}

async function assertDrains(
  folder: string,
  args: readonly string[],
  path: string,
): Promise<string> {
  const result = await drainUnderLoad(
    await startService(folder, args, { SHUTDOWN_DRAIN_SECONDS: '3' }),
    path,
  );
  assert.equal(faultsOf(result).join('; '), '');
  return `${result.requests} requests, 0 failed, ${result.answeredWhileDraining} of them after SIGTERM; /livez 200, /readyz 503, exit 0`;
}

async function journey(folder: string): Promise<string> {
  const service = await startService(folder, ['dist/main.js']);
  try {
    const { code, requests } = await runJourney(folder, service.traffic);
    assert.equal(code, 0, 'a threshold did not hold');
    assert(requests > 100, `only ${requests} requests`);
    return `${requests} requests`;
  } finally {
    await stopService(service);
  }
}

/** Below a path that no route has, every quote is a 404: the thresholds must break. */
async function failingJourney(folder: string): Promise<void> {
  const service = await startService(folder, ['dist/main.js']);
  try {
    const { code } = await runJourney(folder, `${service.traffic}/nowhere`);
    assert.equal(code, 99);
  } finally {
    await stopService(service);
  }
}
