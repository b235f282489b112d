import { join } from 'node:path';
import { signIn } from '../portal/signIn';
import { card } from './card';
import type { Case } from './Case';
import { expectText } from './expectText';
import { fillFirstPage } from './fillForm';

export const SERVICE = 'greeter';

/** The main job: a form, a task, a page that says Healthy and Synced, by clicking only. */
export const createService: Case = {
  name: 'create a service by clicking through the form',
  async run({ pictures, neighbours, ...portal }) {
    const page = await signIn(portal);
    await page.goto('/create');
    await page.getByText('Node.js service').first().waitFor();
    await fillFirstPage(page, {
      name: SERVICE,
      description: 'Greets whoever asks',
      calls: [...neighbours, 'geo.example.com:443'],
    });
    await expectText(page, `No component in the catalog is called ${SERVICE}.`);
    await expectText(page, 'An HTTPS address outside · geo.example.com:443');
    if (pictures) await page.screenshot({ path: join(pictures, 'form.png'), fullPage: true });
    for (let next = 0; next < 2; next += 1)
      await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Review' }).click();
    await expectText(page, 'Services of its system only');
    await expectText(page, 'geo.example.com');
    if (pictures) await page.screenshot({ path: join(pictures, 'review.png'), fullPage: true });
    await page.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('link', { name: "The service's page" }).waitFor({ timeout: 90_000 });
    if (pictures) await page.screenshot({ path: join(pictures, 'task.png'), fullPage: true });
    await page.getByRole('link', { name: "The service's page" }).click();
    await expectText(card(page, 'Delivery'), 'Synced', 120_000);
    // Only what the catalog has becomes a relation: no warning on the first page of a service.
    if (await page.getByText("can't be found in the catalog").count())
      throw new Error('the page warns of relations to entities that are not there');
    await expectText(card(page, 'Delivery'), 'Healthy', 120_000);
    await expectText(card(page, 'Workload health'), 'Healthy', 120_000);
    if (pictures)
      await page.screenshot({ path: join(pictures, 'entity-created.png'), fullPage: true });
  },
};
