import assert from 'node:assert/strict';
import { join } from 'node:path';
import { signIn } from '../portal/signIn';
import type { Case } from './Case';
import { SERVICE } from './createService';
import { expectText } from './expectText';

/** DESIGN.md §6: change to pixel within 3 s at the 95th percentile, pushed. */
const PUSHED_MS = 3000;

/** Break the new service: the sentence comes to the open page without a reload; mend it: the page is calm again. */
export const watchFaults: Case = {
  name: 'see a fault appear without reload',
  async run({ browser, control, pictures }) {
    const page = await signIn(browser);
    await page.goto(`/catalog/default/component/${SERVICE}`);
    await page.getByText('Healthy').nth(1).waitFor();
    // A reload would forget this.
    await page.evaluate('window.sameVisit = true');
    await control('break', SERVICE, 'crash-loop');
    const waited = await expectText(page, /crashes: container/, 30_000);
    assert.equal(await page.evaluate('window.sameVisit'), true);
    console.log(
      `     the sentence was there ${waited} ms after the fault was made (target ${PUSHED_MS} after the object changed)`,
    );
    if (pictures)
      await page.screenshot({ path: join(pictures, 'entity-broken.png'), fullPage: true });
    await control('mend', SERVICE);
    await page.getByText('Healthy').nth(1).waitFor({ timeout: 60_000 });
  },
};
