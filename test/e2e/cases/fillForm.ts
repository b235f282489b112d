import type { Page } from 'playwright-core';

export interface Answers {
  readonly name: string;
  readonly description: string;
  /** Names in the catalog, or host:port. */
  readonly calls?: readonly string[];
}

/** The first page of the form, as a person fills it in. */
export async function fillFirstPage(page: Page, { name, description, calls = [] }: Answers) {
  // The pickers choose by themselves where the catalog has one entity only.
  await page.goto('/create/templates/default/node-service', { waitUntil: 'networkidle' });
  await page.getByLabel('Name', { exact: false }).first().fill(name);
  await page.getByLabel('What it does').fill(description);
  await pick(page, 'Owner', 'Team Shop');
  await pick(page, 'System', 'Robot Shop');
  for (const called of calls) await pick(page, 'What it calls', called);
  // The list of a picker for several stays open for the next.
  if (calls.length) await page.keyboard.press('Escape');
}

/** An entity picker: type, take the first that is offered. */
async function pick(page: Page, label: string, value: string) {
  const field = page.getByLabel(label).first();
  if (await field.isDisabled()) return;
  await field.fill(value);
  await page.getByRole('option').filter({ hasText: value }).first().click();
}
