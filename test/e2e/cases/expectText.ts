import type { Page } from 'playwright-core';

/** Waits until the page shows a text, and says how long that took, in ms. */
export async function expectText(
  page: Page,
  text: string | RegExp,
  timeout = 20_000,
): Promise<number> {
  const started = Date.now();
  await page.getByText(text).first().waitFor({ timeout });
  return Date.now() - started;
}
