import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import { signIn } from '../portal/signIn';
import type { Case } from './Case';
import { expectSynced } from './expectSynced';
import { expectText } from './expectText';

/** Steps from one control of our cards to the next; more means that it cannot be reached. */
const ENOUGH_TABS = 60;

/** Everything on our cards without a mouse: evidence, copy, sync with its confirmation, always with a visible focus. */
export const useKeyboard: Case = {
  name: 'work the cards by keyboard',
  async run(portal) {
    const page = await signIn(portal);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.goto('/catalog/default/component/payment');
    await expectText(page, /Synced|Out of sync/);

    await tabTo(page, page.getByRole('button', { name: 'Copy the command' }));
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    assert.match(await page.evaluate('navigator.clipboard.readText()'), /^kubectl .* payment/);

    const evidence = page.getByRole('button', { name: /^Evidence/ });
    await tabTo(page, evidence);
    await page.keyboard.press('Enter');
    assert.equal(await evidence.getAttribute('aria-expanded'), 'true');

    const sync = page.getByRole('button', { name: 'Sync…' });
    await tabTo(page, sync);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    assert.ok(await isFocused(sync), 'closing the dialog loses the place on the page');

    await page.keyboard.press('Enter');
    await tabTo(page, dialog.getByRole('button', { name: 'Sync' }));
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await expectSynced(page);
  },
};

async function tabTo(page: Page, target: Locator) {
  for (let tabs = 0; tabs < ENOUGH_TABS; tabs += 1) {
    await page.keyboard.press('Tab');
    if (!(await isFocused(target))) continue;
    assert.ok(await target.evaluate(showsFocus), `${target} does not show that it has the focus`);
    return;
  }
  throw new Error(`${target} cannot be reached with the Tab key`);
}

const isFocused = (target: Locator) =>
  target.evaluate(node => node === node.ownerDocument.activeElement);

/** Runs in the browser: an outline or a ring around the element. */
function showsFocus(node: Element): boolean {
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(node);
  return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
}
