import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { closingLine, type Count } from '../suites/Count';
import { root } from '../suites/runProgram';
import { openBrowser } from './portal/openBrowser';
import { Portal } from './portal/Portal';
import { runCases } from './runCases';
import { sandboxWalk } from './walks/sandboxWalk';
import { worldWalk } from './walks/worldWalk';

/**
 * `npm run test:e2e [-- --world] [-- --pictures] [part of a case's name]`: a real browser against app, backend and
 * sandbox, or against the real outside world.
 */
async function main(): Promise<Count> {
  const { values, positionals } = parseArgs({
    options: {
      pictures: { type: 'boolean', default: false },
      world: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const work = await mkdtemp(join(tmpdir(), 'waymark-e2e-'));
  const walk = values.world ? worldWalk(work) : sandboxWalk;
  const chosen = walk.cases.filter(
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
  await walk.prepare();
  console.log(`start: ${walk.about}; logs and pictures of failures in ${work}`);
  const portal = await Portal.start({ ...walk, logFile: join(work, 'portal.log') });
  let count: Count;
  try {
    count = await runCases(chosen, {
      browser,
      control: walk.control,
      work,
      ...(values.pictures && { pictures: join(root, 'docs/images') }),
    });
  } finally {
    await browser.close();
    await portal.stop();
  }
  if (!count.failed) await rm(work, { recursive: true, force: true });
  return count;
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
