import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Count } from '../suites/Count';
import type { Case, CaseContext } from './cases/Case';

export interface RunCasesOptions extends CaseContext {
  /** Gets a picture of the page on which a case failed. */
  readonly work: string;
}

/** One after the other, for the later ones go on with what the earlier ones made. */
export async function runCases(
  cases: readonly Case[],
  { work, ...context }: RunCasesOptions,
): Promise<Count> {
  let failed = 0;
  for (const { name, run } of cases) {
    const started = Date.now();
    try {
      await run(context);
      console.log(`ok   ${name} (${Date.now() - started} ms)`);
    } catch (error) {
      failed += 1;
      console.log(`FAIL ${name}: ${(error as Error).message}`);
      await photograph(context.browser, join(work, `${name.replace(/\W+/g, '-')}.png`));
    } finally {
      await Promise.all(context.browser.contexts().map(visitor => visitor.close()));
    }
  }
  return { passed: cases.length - failed, failed, skipped: 0 };
}

async function photograph(browser: Browser, path: string) {
  const page = browser
    .contexts()
    .flatMap(context => context.pages())
    .at(-1);
  // The failure of the case is what counts: a page that has gone cannot be photographed.
  await page?.screenshot({ path, fullPage: true }).catch(() => undefined);
}
