import type { Locator, Page } from 'playwright-core';

/** Waits until a page, or a part of it, shows a text. */
export async function expectText(
  part: Page | Locator,
  text: string | RegExp,
  timeout = 20_000,
): Promise<void> {
  await part.getByText(text).first().waitFor({ timeout });
}
