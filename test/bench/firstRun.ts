import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openBrowser } from '../e2e/portal/openBrowser';
import { root } from '../suites/runProgram';
import type { Bench, Measure } from './Bench';

const URL = 'http://127.0.0.1:7007';

/** `npm start` of a clean copy until a browser shows the sign-in page: with nothing installed, then again. */
export const firstRun: Bench = {
  name: 'first-run',
  about: 'npm start cold and warm until the first page (5 to 10 min)',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'waymark-first-run-'));
    try {
      cpSync(root, folder, {
        recursive: true,
        filter: path => !/\/(node_modules|dist|dist-types|\.git|\.cache)(\/|$)/.test(path),
      });
      const cold = await timeToFirstPage(folder);
      const warm = await timeToFirstPage(folder);
      const seconds = (what: string, value: number): Measure => ({
        what,
        unit: 's',
        ours: Number(value.toFixed(1)),
      });
      return {
        measures: [
          seconds('cold, with installation and build of the frontend', cold),
          seconds('warm', warm),
        ],
        conditions: { cache: 'package downloads of the machine are kept' },
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function timeToFirstPage(folder: string): Promise<number> {
  const started = performance.now();
  const portal = spawn('npm', ['start'], { cwd: folder, stdio: 'ignore', detached: true });
  const browser = await openBrowser();
  if (!browser) throw new Error('this bench needs Chromium');
  try {
    const page = await browser.newPage();
    for (;;) {
      if (portal.exitCode !== null) throw new Error('npm start ended before its first page');
      const shown = await page.goto(URL, { timeout: 2000 }).then(
        () => page.getByRole('button', { name: 'Enter' }).waitFor({ timeout: 10_000 }),
        () => 'not yet',
      );
      if (shown === undefined) return (performance.now() - started) / 1000;
      await sleep(250);
    }
  } finally {
    await browser.close();
    // npm does not pass signals on: the whole group is ours.
    process.kill(-portal.pid!, 'SIGTERM');
    await new Promise(done => portal.once('exit', done));
  }
}
