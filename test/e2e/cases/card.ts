import type { Locator, Page } from 'playwright-core';

/** A card of the entity page by its title: several cards say Healthy, and mean different things. */
export const card = (page: Page, title: 'Workload health' | 'Delivery'): Locator =>
  page.getByRole('article').filter({ has: page.getByRole('heading', { name: title }) });
