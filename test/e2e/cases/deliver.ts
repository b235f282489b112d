import { signIn } from '../portal/signIn';
import type { Case } from './Case';
import { SERVICE } from './createService';
import { expectText } from './expectText';

/** The sync button: one question, then progress and the end on the same card. */
export const deliver: Case = {
  name: 'sync by button',
  async run({ browser }) {
    const page = await signIn(browser);
    await page.goto(`/catalog/default/component/${SERVICE}`);
    await page.getByRole('button', { name: 'Sync…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sync' }).click();
    await expectText(page, /Argo CD syncs/);
    await expectText(page, 'Succeeded', 30_000);
    await expectText(page, /user:default\/guest/, 30_000);
  },
};
