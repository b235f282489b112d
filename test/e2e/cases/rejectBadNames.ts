import assert from 'node:assert/strict';
import { signIn } from '../portal/signIn';
import type { Case } from './Case';
import { fillFirstPage } from './fillForm';

const BAD_NAMES = ['../etc', "quo'ted", 'Grüße 💥', 'UPPER', 'a'.repeat(300), '-dash'];

/** A name that cannot become a DNS label goes no further than the form, which says so. */
export const rejectBadNames: Case = {
  name: 'refuse names that cannot be',
  async run({ browser }) {
    const page = await signIn(browser);
    await fillFirstPage(page, { name: 'fine', description: 'Never to be' });
    for (const name of BAD_NAMES) {
      await page.getByLabel('Name').first().fill(name);
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText(/Small letters, digits and dashes/).first().waitFor();
      assert.equal(
        await page.getByRole('button', { name: 'Review' }).count(),
        0,
        `${name} went through`,
      );
    }
  },
};
