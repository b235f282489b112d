import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { renderTemplate } from '@waymark/template-kit';
import autocannon from 'autocannon';
import { startService, stopService } from '../templates/service/ServiceProcess';
import { loadCases, templateDir } from '../templates/TemplateCase';
import type { Bench, Measure } from './Bench';
import { quantiles } from './quantiles';

const run = promisify(execFile);

const CONNECTIONS = 1000;
const SECONDS = 8;
const RUNS = 3;
const PATH = '/v1/quotes/ABC-1?quantity=2';

/** Answers as much as the service does, with nothing around it: the most that this machine's Node can do. */
const BARE = `
require('node:http').createServer((request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end('{"sku":"ABC-1","quantity":2,"unitPriceCents":1185,"totalCents":2370}');
}).listen(Number(process.env.PORT), process.env.HOST);
require('node:http').createServer((request, response) => response.end()).listen(Number(process.env.MANAGEMENT_PORT), process.env.HOST);
process.on('SIGTERM', () => process.exit(0));
`;

interface Load {
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly failed: number;
}

/** The generated service at 1,000 connections, beside a bare node:http server, with the load on the same cores. */
export const serviceLoad: Bench = {
  name: 'service-load',
  about: 'the generated service at 1,000 connections, beside a bare node:http server (about 90 s)',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'waymark-service-load-'));
    try {
      await build(folder);
      const ours: Load[] = [];
      const bare: Load[] = [];
      // In turns, so that a busy moment of the machine hits both.
      for (let turn = 0; turn < RUNS; turn += 1) {
        ours.push(await measure(folder, ['--import', './dist/telemetry.js', 'dist/main.js']));
        bare.push(await measure(folder, ['--eval', BARE]));
      }
      return {
        measures: compare(ours, bare),
        conditions: {
          connections: CONNECTIONS,
          secondsPerRun: SECONDS,
          runs: RUNS,
          route: PATH,
          lowestAndHighest: `${Math.min(...ours.map(of('requestsPerSecond')))} to ${Math.max(...ours.map(of('requestsPerSecond')))} req/s`,
          load: 'autocannon, one process, on the same cores',
        },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function build(folder: string): Promise<void> {
  const { answers } = loadCases().find(({ name }) => name === 'minimal')!;
  await renderTemplate({ templateDir, answers, outDir: folder });
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
  await run('npm', ['run', 'build'], { cwd: folder });
}

async function measure(folder: string, args: readonly string[]): Promise<Load> {
  const service = await startService(folder, args);
  try {
    await fire(service.traffic + PATH, 2);
    return await fire(service.traffic + PATH, SECONDS);
  } finally {
    await stopService(service);
  }
}

async function fire(url: string, duration: number): Promise<Load> {
  const times: number[] = [];
  const { requests, errors, timeouts, non2xx } = await autocannon({
    url,
    connections: CONNECTIONS,
    duration,
    // Its own histogram has no p95.
    setupClient: client => client.on('response', (_status, _bytes, ms) => times.push(ms)),
  });
  const { median, p95, p99 } = quantiles(times);
  return {
    requestsPerSecond: Math.round(requests.average),
    p50: median,
    p95,
    p99,
    failed: errors + timeouts + non2xx,
  };
}

function compare(ours: readonly Load[], bare: readonly Load[]): Measure[] {
  const middle = (loads: readonly Load[], key: keyof Load) =>
    Math.round(quantiles(loads.map(of(key))).median);
  const row = (what: string, unit: string, key: keyof Load): Measure => ({
    what,
    unit,
    ours: middle(ours, key),
    theirs: { name: 'bare node:http', value: middle(bare, key) },
  });
  const rate = row('requests answered', 'req/s', 'requestsPerSecond');
  const p95 = row('p95', 'ms', 'p95');
  const failed = ours.reduce((total, load) => total + load.failed, 0);
  return [
    { ...rate, target: { text: '≥ 4,850', met: rate.ours >= 4850 } },
    row('p50', 'ms', 'p50'),
    { ...p95, target: { text: '≤ 195', met: p95.ours <= 195 } },
    row('p99', 'ms', 'p99'),
    {
      what: 'requests failed, all runs',
      unit: 'requests',
      ours: failed,
      theirs: {
        name: 'bare node:http',
        value: bare.reduce((total, load) => total + load.failed, 0),
      },
      target: { text: '0', met: failed === 0 },
    },
  ];
}

const of =
  (key: keyof Load) =>
  (load: Load): number =>
    load[key];
