import type { Page } from 'playwright-core';
import { card } from './card';

/**
 * Waits until the delivery card tells of the end of a sync that the visitor asked for. In one line: an earlier sync, by
 * Argo CD itself, has succeeded before. What the card says in between may be gone within a glance.
 */
export const expectSynced = (page: Page): Promise<void> =>
  card(page, 'Delivery')
    .getByRole('status')
    .filter({ hasText: 'Succeeded' })
    .filter({ hasText: 'user:default/guest' })
    .waitFor({ timeout: 30_000 });
