import assert from 'node:assert/strict';
import { join } from 'node:path';
import { signIn } from '../portal/signIn';
import type { Case } from './Case';
import { expectText } from './expectText';

const NARROW = { width: 420, height: 900 };

/** The seeded system: a service that is down says why, one at its limit says so, in light, dark and narrow. */
export const lookAround: Case = {
  name: 'look around the seeded system',
  async run({ browser, pictures }) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await signIn(browser, { colorScheme });
      if (pictures) await page.screenshot({ path: join(pictures, `home-${colorScheme}.png`) });
      for (const [name, status] of [
        ['payment', 'Down'],
        ['catalogue', 'Degraded'],
        ['cart', 'Healthy'],
      ]) {
        await page.goto(`/catalog/default/component/${name}`);
        await expectText(page, 'Workload health');
        await expectText(page, status);
        await expectText(page, /Synced|Out of sync/);
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
    const narrow = await signIn(browser, { viewport: NARROW });
    await narrow.goto('/catalog/default/component/payment');
    await expectText(narrow, 'Down');
    const overflow = await narrow
      .getByText('Workload health')
      .first()
      .evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `the page is ${overflow} px wider than a narrow window`);
    if (pictures) await narrow.screenshot({ path: join(pictures, 'entity-payment-narrow.png') });
  },
};
