import assert from 'node:assert/strict';
import { join } from 'node:path';
import { signIn } from '../portal/signIn';
import { card } from './card';
import type { Case } from './Case';
import { expectText } from './expectText';

const NARROW = { width: 420, height: 900 };

/** What the health card of a seeded service says: its status, and its one sentence where something is wrong. */
const SEEDED = [
  { name: 'payment', says: ['Down', 'payment crashes: container "payment" exits with code 1'] },
  { name: 'catalogue', says: ['Degraded', 'catalogue is at its maximum of 5 pods'] },
  { name: 'cart', says: ['Healthy'] },
];

/** The seeded system: a service that is down says why, one at its limit says so, in light, dark and narrow. */
export const lookAround: Case = {
  name: 'look around the seeded system',
  async run({ pictures, ...portal }) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await signIn(portal, { colorScheme });
      if (pictures) await page.screenshot({ path: join(pictures, `home-${colorScheme}.png`) });
      for (const { name, says } of SEEDED) {
        await page.goto(`/catalog/default/component/${name}`);
        for (const text of says) await expectText(card(page, 'Workload health'), text);
        await expectText(card(page, 'Delivery'), /Synced|Out of sync/);
        if (pictures)
          await page.screenshot({
            path: join(pictures, `entity-${name}-${colorScheme}.png`),
            fullPage: true,
          });
      }
      await page.goto('/catalog/default/component/payment/workloads');
      await expectText(page, 'Production readiness');
      if (pictures)
        await page.screenshot({
          path: join(pictures, `workloads-${colorScheme}.png`),
          fullPage: true,
        });
    }
    const narrow = await signIn(portal, { viewport: NARROW });
    await narrow.goto('/catalog/default/component/payment');
    const health = card(narrow, 'Workload health');
    await expectText(health, 'Down');
    const overflow = await health.evaluate(
      () => document.documentElement.scrollWidth - window.innerWidth,
    );
    assert.ok(overflow <= 0, `the page is ${overflow} px wider than a narrow window`);
    if (pictures) await narrow.screenshot({ path: join(pictures, 'entity-payment-narrow.png') });
  },
};
