import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { findBarriers } from '../accessibility/findBarriers';
import { stockBarriers, type StockBarrier } from '../accessibility/stockBarriers';
import { signIn } from '../portal/signIn';
import type { Case } from './Case';
import { expectText } from './expectText';

/** A page with the text that says that it is complete. */
const PAGES: readonly (readonly [name: string, open: (page: Page) => Promise<unknown>])[] = [
  ['home', page => page.getByRole('heading', { name: 'Create a service' }).waitFor()],
  ['form', page => visit(page, '/create/templates/default/node-service', 'What it does')],
  ['task', openNewestTask],
  ['overview', page => visit(page, '/catalog/default/component/payment', /Synced|Out of sync/)],
  [
    'workloads',
    page => visit(page, '/catalog/default/component/payment/workloads', 'Production readiness'),
  ],
];

/** axe-core over the pages of the main job: nothing serious in our parts, what stock Backstage brings is in a ledger. */
export const findNoBarriers: Case = {
  name: 'no serious barriers, in light and dark',
  async run(portal) {
    const met = new Set<StockBarrier>();
    const ours: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await signIn(portal, { colorScheme });
      for (const [name, open] of PAGES) {
        await open(page);
        const barriers = await findBarriers(page);
        barriers.stock.forEach(barrier => met.add(barrier));
        ours.push(...barriers.ours.map(line => `${name}, ${colorScheme}: ${line}`));
      }
    }
    assert.deepEqual(ours, []);
    assert.deepEqual(
      stockBarriers.filter(barrier => !met.has(barrier)),
      [],
      'these are gone: take them out of the ledger',
    );
  },
};

async function visit(page: Page, path: string, text: string | RegExp) {
  await page.goto(path);
  await expectText(page, text);
}

async function openNewestTask(page: Page) {
  await visit(page, '/create/tasks', 'Node.js service');
  await page.locator('a[href*="/create/tasks/"]').first().click();
  await expectText(page, "The service's page");
  // The log goes down to its last line by itself; the lines that it begins with are gone then.
  await expectText(page, 'Finished step Open its page');
}
