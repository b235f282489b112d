import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { stockBarriers, type StockBarrier } from './stockBarriers';

export interface Barriers {
  /** In our parts, one line each. */
  readonly ours: readonly string[];
  readonly stock: readonly StockBarrier[];
}

/** A page that is still drawn while it is looked at. */
const TRIES = 5;

/** What axe-core calls serious or critical on the page that is open, told apart by the ledger of stock Backstage. */
export async function findBarriers(page: Page): Promise<Barriers> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    const barriers = await lookOnce(page);
    if (barriers) return barriers;
  }
  throw new Error(`the page did not stand still in ${TRIES} looks`);
}

/** Undefined where something that was found is gone by the time it is looked up: a log draws only what is in sight. */
async function lookOnce(page: Page): Promise<Barriers | undefined> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => ({ id, html, target: target.join(' ') })),
    );
  const ours: string[] = [];
  const stock = new Set<StockBarrier>();
  for (const { id, html, target } of found) {
    const known = await knownAs(page, id, target);
    if (known === 'gone') return undefined;
    if (known) stock.add(known);
    else ours.push(`${id} at ${target}: ${html.slice(0, 120)}`);
  }
  return { ours, stock: [...stock] };
}

async function knownAs(page: Page, rule: string, target: string) {
  const barriers = stockBarriers.filter(entry => entry.rule === rule);
  const index = await page.evaluate(
    ([selector, places]) => {
      const element = document.querySelector(selector);
      return element && places.findIndex(within => element.closest(within) !== null);
    },
    [target, barriers.map(({ within }) => within)] as const,
  );
  return index === null ? 'gone' : barriers[index];
}
