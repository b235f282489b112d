import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { signIn } from '../portal/signIn';
import type { Case } from './Case';
import { expectText } from './expectText';
import { fillFirstPage } from './fillForm';

/** Names that cannot be, and what the field says while they are typed. */
const BAD_NAMES = [
  { name: '../etc', says: 'A name is not a path: leave out ../ For example: etc' },
  { name: "quo'ted", says: "Quotes are not allowed: leave out ' For example: quoted" },
  { name: 'Grüße 💥', says: 'Spaces are not allowed' },
  { name: 'boom💥', says: '💥 is not allowed: only a to z, 0 to 9 and dashes are.' },
  { name: 'UPPER', says: 'Capital letters are not allowed: write U P E R small.' },
  { name: 'a'.repeat(300), says: '300 characters are too many: shorten it to 40 or fewer.' },
  { name: '-dash', says: 'It begins with -: the first character must be a letter' },
  { name: 'cart', says: 'There is already a component cart owned by team-shop.' },
];

/** A name that cannot become a DNS label, or that somebody has, goes no further than the form, which says why. */
export const rejectBadNames: Case = {
  name: 'refuse names that cannot be',
  async run(portal) {
    const page = await signIn(portal);
    await fillFirstPage(page, { name: 'fine', description: 'Never to be', calls: ['catalogue'] });
    await expectText(page, 'A service in the cluster · catalogue.robot-shop:8080');
    for (const { name, says } of BAD_NAMES) {
      await page.getByLabel('Name').first().fill(name);
      await page.getByRole('status').filter({ hasText: says }).waitFor();
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByRole('status').filter({ hasText: says }).waitFor();
      assert.equal(await isOnFirstPage(page), true, `${name} went through`);
    }
    const holder = page.getByRole('link', { name: 'cart' }).first();
    assert.equal(await holder.getAttribute('href'), '/catalog/default/component/cart');
  },
};

/** The stock form lists errors above the fields once it has refused to go on. */
async function isOnFirstPage(page: Page) {
  await page
    .getByText(/Small letters, digits and dashes|'Name' There is already/)
    .first()
    .waitFor();
  return page.getByLabel('What it does').isVisible();
}
