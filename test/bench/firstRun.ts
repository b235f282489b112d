import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBrowser } from '../e2e/portal/openBrowser';
import { root } from '../suites/runProgram';
import type { Bench, Measure } from './Bench';

/**
 * `npm start` in a fresh clone until a browser shows the sign-in page: with nothing installed and no tools of ours, then
 * again. On a port of its own, so that a portal may run meanwhile.
 */
export const firstRun: Bench = {
  name: 'first-run',
  about: 'npm start cold and warm until the first page (5 to 10 min)',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'waymark-first-run-'));
    try {
      execFileSync('git', ['clone', '--quiet', root, join(folder, 'clone')]);
      const cold = await timeToFirstPage(folder);
      const warm = [await timeToFirstPage(folder), await timeToFirstPage(folder)];
      return {
        measures: [
          seconds('cold, with installation and build of the frontend', cold),
          seconds('warm', Math.min(...warm)),
        ],
        conditions: {
          cold: 'an empty clone without the tools that npm start fetches; packages that npm, Yarn and Go have downloaded before stay',
          warm: 'the better of two',
        },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

const seconds = (what: string, value: number): Measure => ({
  what,
  unit: 's',
  ours: Number(value.toFixed(1)),
});

async function timeToFirstPage(folder: string): Promise<number> {
  const url = `http://127.0.0.1:${await freePort()}`;
  const overlay = join(folder, 'port.json');
  writeFileSync(overlay, JSON.stringify(overlayFor(url)));
  const browser = await openBrowser();
  if (!browser) throw new Error('this bench needs Chromium');
  const started = performance.now();
  const portal = spawn('npm', ['start', '--', '--config', overlay, '--sandbox'], {
    cwd: join(folder, 'clone'),
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
    env: { ...process.env, WAYMARK_CACHE: join(folder, 'cache'), LOG_LEVEL: 'error' },
  });
  const ended = new Promise(done => portal.once('exit', done));
  try {
    const page = await browser.newPage();
    for (;;) {
      if (portal.exitCode !== null) throw new Error('npm start ended before its first page');
      const shown = await page.goto(url, { timeout: 2000, waitUntil: 'commit' }).then(
        () => page.getByRole('button', { name: 'Enter' }).waitFor({ timeout: 60_000 }),
        () => 'not yet',
      );
      if (shown === undefined) return (performance.now() - started) / 1000;
      await sleep(250);
    }
  } finally {
    await browser.close();
    // npm does not pass every signal on: the whole group is ours.
    if (portal.exitCode === null) process.kill(-portal.pid!, 'SIGTERM');
    await ended;
  }
}

const overlayFor = (url: string) => ({
  app: { baseUrl: url },
  backend: { baseUrl: url, listen: { port: Number(new URL(url).port) } },
});

function freePort(): Promise<number> {
  return new Promise(done => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => done(port));
    });
  });
}
