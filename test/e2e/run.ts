import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { closingLine } from '../suites/Count';
import { root } from '../suites/runProgram';
import { cases } from './cases';
import { control } from './portal/control';
import { openBrowser } from './portal/openBrowser';
import { Portal } from './portal/Portal';

/** `npm run test:e2e [-- --pictures] [part of a case's name]`: a real browser against app, backend and sandbox. */
async function main() {
  const { values, positionals } = parseArgs({
    options: { pictures: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const chosen = cases.filter(
    ({ name }) => !positionals.length || positionals.some(part => name.includes(part)),
  );
  const browser = await openBrowser();
  if (!browser) {
    console.log(
      'no Chromium is installed (Debian: apt-get install chromium); every case is skipped',
    );
    return {
      passed: 0,
      failed: process.env.CI ? chosen.length : 0,
      skipped: process.env.CI ? 0 : chosen.length,
    };
  }
  const work = await mkdtemp(join(tmpdir(), 'waymark-e2e-'));
  console.log(
    `portal, sandbox and browser start (20 to 60 s); logs and pictures of failures in ${work}`,
  );
  const portal = await Portal.start({ logFile: join(work, 'portal.log') });
  let failed = 0;
  try {
    for (const { name, run } of chosen) {
      const started = Date.now();
      try {
        await run({
          browser,
          control,
          ...(values.pictures && { pictures: join(root, 'docs/images') }),
        });
        console.log(`ok   ${name} (${Date.now() - started} ms)`);
      } catch (error) {
        failed += 1;
        console.log(`FAIL ${name}: ${(error as Error).message}`);
        const [page] = browser
          .contexts()
          .flatMap(context => context.pages())
          .slice(-1);
        await page
          ?.screenshot({ path: join(work, `${name.replace(/\W+/g, '-')}.png`), fullPage: true })
          .catch(() => undefined);
      } finally {
        await Promise.all(browser.contexts().map(context => context.close()));
      }
    }
  } finally {
    await browser.close();
    await portal.stop();
  }
  return { passed: chosen.length - failed, failed, skipped: 0 };
}

main().then(
  count => {
    console.log(`\n${closingLine(count)}`);
    process.exitCode = count.failed ? 1 : 0;
  },
  error => {
    console.error(error);
    console.log('\n0 passed, 1 failed');
    process.exitCode = 1;
  },
);
