import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from '../e2e/portal/openBrowser';
import { portalOverlay } from '../e2e/portal/portalOverlay';
import { Child } from '../suites/Child';
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

/** Nothing installed, on a slow network. */
const FIRST_PAGE_MS = 20 * 60_000;

async function timeToFirstPage(folder: string): Promise<number> {
  const { url, file } = await portalOverlay(folder);
  const browser = await openBrowser();
  if (!browser) throw new Error('this bench needs Chromium');
  const started = performance.now();
  const portal = spawn('npm', ['start', '--', '--config', file, '--sandbox'], {
    cwd: join(folder, 'clone'),
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
    env: { ...process.env, WAYMARK_CACHE: join(folder, 'cache'), LOG_LEVEL: 'error' },
  });
  // npm does not pass every signal on.
  const child = new Child(portal, { group: true });
  try {
    const page = await browser.newPage();
    const isOpen = () =>
      page.goto(url, { timeout: 2000, waitUntil: 'commit' }).then(
        () => true,
        () => false,
      );
    await child.until('the portal answers', isOpen, { withinMs: FIRST_PAGE_MS });
    await page.getByRole('button', { name: 'Enter' }).waitFor({ timeout: 60_000 });
    return (performance.now() - started) / 1000;
  } finally {
    await browser.close();
    await child.stop();
  }
}
