import { signIn } from '../portal/signIn';
import type { Case } from './Case';
import { SERVICE } from './createService';
import { expectSynced } from './expectSynced';

/** The sync button: one question, then its end on the same card. */
export const deliver: Case = {
  name: 'sync by button',
  async run(portal) {
    const page = await signIn(portal);
    await page.goto(`/catalog/default/component/${SERVICE}`);
    await page.getByRole('button', { name: 'Sync…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Sync' }).click();
    await expectSynced(page);
  },
};
