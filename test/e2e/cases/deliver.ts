import { signIn } from '../portal/signIn';
import { card } from './card';
import type { Case } from './Case';
import { SERVICE } from './createService';
import { expectText } from './expectText';

/** The sync button: one question, then progress and the end on the same card. */
export const deliver: Case = {
  name: 'sync by button',
  async run(portal) {
    const page = await signIn(portal);
    await page.goto(`/catalog/default/component/${SERVICE}`);
    await page.getByRole('button', { name: 'Sync…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sync' }).click();
    await expectText(page, /Argo CD syncs/);
    // In one line: an earlier sync, by Argo CD itself, has succeeded before.
    await card(page, 'Delivery')
      .getByRole('status')
      .filter({ hasText: 'Succeeded' })
      .filter({ hasText: 'user:default/guest' })
      .waitFor({ timeout: 30_000 });
  },
};
