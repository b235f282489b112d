import assert from 'node:assert/strict';
import { join } from 'node:path';
import { signIn } from '../portal/signIn';
import { card } from './card';
import type { Case } from './Case';
import { SERVICE } from './createService';
import { expectText } from './expectText';

/** What the portal promises: the sentence within three seconds after the object changed, without a reload. */
const PUSHED_MS = 3000;

/** Break the new service: the sentence comes to the open page without a reload; mend it: the page is calm again. */
export const watchFaults: Case = {
  name: 'see a fault appear without reload',
  async run({ faults, pictures, ...portal }) {
    const page = await signIn(portal);
    await page.goto(`/catalog/default/component/${SERVICE}`);
    const health = card(page, 'Workload health');
    await expectText(health, 'Healthy');
    // A reload would forget this.
    await page.evaluate('window.sameVisit = true');
    const shown = expectText(health, /crashes: container/, 60_000).then(() => Date.now());
    const [before, at] = await Promise.all([faults.make(SERVICE, 'crash-loop'), shown]);
    console.log(`     the sentence was there ${at - before} ms after the object changed`);
    assert.ok(at - before <= PUSHED_MS, `${at - before} ms are more than ${PUSHED_MS}`);
    assert.equal(await page.evaluate('window.sameVisit'), true);
    if (pictures)
      await page.screenshot({ path: join(pictures, 'entity-broken.png'), fullPage: true });
    await faults.mend(SERVICE);
    await expectText(health, 'Healthy', 60_000);
  },
};
