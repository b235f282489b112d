import type { Page } from 'playwright-core';
import type { CaseContext } from '../cases/Case';

export interface SignInOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A visitor of their own, signed in as guest. */
export async function signIn(
  { browser, url }: Pick<CaseContext, 'browser' | 'url'>,
  { colorScheme = 'light', viewport = { width: 1440, height: 1000 } }: SignInOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: url, colorScheme, viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto('/');
  await page.getByRole('button', { name: 'Enter' }).click();
  // The sign-in page carries the portal's name too.
  await page.getByRole('heading', { name: 'Create a service' }).waitFor();
  return page;
}
