import type { Browser, Page } from 'playwright-core';
import { PORTAL_URL } from './Portal';

export interface SignInOptions {
  readonly colorScheme?: 'light' | 'dark';
  readonly viewport?: { readonly width: number; readonly height: number };
}

/** A visitor of their own, signed in as guest. */
export async function signIn(
  browser: Browser,
  { colorScheme = 'light', viewport = { width: 1440, height: 1000 } }: SignInOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ baseURL: PORTAL_URL, colorScheme, viewport });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto('/');
  await page.getByRole('button', { name: 'Enter' }).click();
  // The sign-in page carries the portal's name too.
  await page.getByRole('heading', { name: 'Create a service' }).waitFor();
  return page;
}
