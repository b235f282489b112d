import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { conclude, type Count } from '../suites/Count';
import { root } from '../suites/runProgram';
import type { Case } from './cases/Case';
import { openBrowser } from './portal/openBrowser';
import { Portal } from './portal/Portal';
import { runCases } from './runCases';
import { sandboxWalk } from './walks/sandboxWalk';
import type { Walk } from './walks/Walk';
import { worldWalk } from './walks/worldWalk';

interface WalkOptions {
  readonly work: string;
  /** Parts of the names of the cases that are wanted. */
  readonly names: readonly string[];
  readonly pictures?: string;
}

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
  const count = await walkThrough(values.world ? worldWalk(work) : sandboxWalk(work), {
    work,
    names: positionals,
    ...(values.pictures && { pictures: join(root, 'docs/images') }),
  });
  if (!count.failed) await rm(work, { recursive: true, force: true });
  return count;
}

async function walkThrough(walk: Walk, { work, names, pictures }: WalkOptions): Promise<Count> {
  const cases = choose(walk.cases, names);
  const browser = await openBrowser();
  if (!browser) return withoutBrowser(cases.length);
  try {
    await walk.prepare();
    console.log(`start: ${walk.about}; logs and pictures of failures in ${work}`);
    const portal = await Portal.start({ ...walk, folder: work });
    try {
      return await runCases(cases, { ...walk, browser, url: portal.url, work, pictures });
    } finally {
      await portal.stop();
    }
  } finally {
    await browser.close();
  }
}

/** The cases that are named by a part of their name; all where none is. */
function choose(cases: readonly Case[], parts: readonly string[]): readonly Case[] {
  const chosen = cases.filter(
    ({ name }) => !parts.length || parts.some(part => name.includes(part)),
  );
  if (chosen.length) return chosen;
  const names = cases.map(({ name }) => `"${name}"`).join(', ');
  throw new Error(`no case is called ${parts.join(' or ')}; there are ${names}`);
}

function withoutBrowser(cases: number): Count {
  console.log('no Chromium is installed (Debian: apt-get install chromium); every case is skipped');
  const missing = process.env.CI ? { failed: cases, skipped: 0 } : { failed: 0, skipped: cases };
  return { passed: 0, ...missing };
}

main().then(
  count => conclude('test:e2e', count),
  error => {
    console.error(error);
    conclude('test:e2e', { passed: 0, failed: 1, skipped: 0 });
  },
);
