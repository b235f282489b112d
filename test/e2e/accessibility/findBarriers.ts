import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { stockBarriers, type StockBarrier } from './stockBarriers';

export interface Barriers {
  /** In our parts, one line each. */
  readonly ours: readonly string[];
  readonly stock: readonly StockBarrier[];
}

/** What axe-core calls serious or critical on the page that is open, told apart by the ledger of stock Backstage. */
export async function findBarriers(page: Page): Promise<Barriers> {
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
    if (known) stock.add(known);
    else ours.push(`${id} at ${target}: ${html.slice(0, 120)}`);
  }
  return { ours, stock: [...stock] };
}

async function knownAs(page: Page, rule: string, target: string) {
  const element = page.locator(target).first();
  for (const barrier of stockBarriers.filter(entry => entry.rule === rule)) {
    const inside = await element.evaluate(
      (node, within) => node.closest(within) !== null,
      barrier.within,
    );
    if (inside) return barrier;
  }
  return undefined;
}
