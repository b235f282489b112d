import type { Page } from 'playwright-core';

export interface Answers {
  readonly name: string;
  readonly description: string;
}

/** The first page of the form, as a person fills it in. */
export async function fillFirstPage(page: Page, { name, description }: Answers) {
  await page.goto('/create/templates/default/node-service');
  await page.getByLabel('Name', { exact: false }).first().fill(name);
  await page.getByLabel('What it does').fill(description);
  await pick(page, 'Owner', 'Team Shop');
  await pick(page, 'System', 'Robot Shop');
}

/** An entity picker: type, take the first that is offered. */
async function pick(page: Page, label: string, value: string) {
  const field = page.getByLabel(label).first();
  await field.fill(value);
  await page.getByRole('option').filter({ hasText: value }).first().click();
}
