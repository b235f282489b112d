import { execFile } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Scene } from '../Scene';
import { service } from '../service/answers';
import { commitChange } from './commitChange';

const run = promisify(execFile);

/** By how much the next version asks more for everything. */
export const PRICE_RISE_CENTS = 100;

/**
 * Changes what the service answers, as its team would, and builds what was pushed. Its dependencies stay those of the
 * first build: there is no network here.
 */
export async function buildChange({ gitea, dir, service: built }: Scene): Promise<string> {
  await commitChange(gitea, service.name, {
    file: 'src/routes/quote.ts',
    message: 'Raise all prices',
    change: text =>
      text.replace(/(unitPriceCents = )(\d+)/, (_, before, price) => {
        return `${before}${Number(price) + PRICE_RISE_CENTS}`;
      }),
  });
  const next = join(dir, 'next');
  await run('git', ['clone', '--quiet', gitea.cloneUrl(service.name), next]);
  symlinkSync(join(built, 'node_modules'), join(next, 'node_modules'));
  await run('npm', ['run', 'build'], { cwd: next });
  return next;
}
