import { fire, type FireOptions, type Load } from './fire';

/** So many seconds with the speed of a cold backend warm it up, so many with that of a warm one are measured. */
const WARM_UP_SECONDS = 2;
export const SECONDS = 8;

/**
 * As many views as take about eight seconds, and at least one a client, so that a slow side is measured too. `views` counts
 * the warm-up as well, for the clusters have answered it.
 */
export async function fireForSeconds(options: Omit<FireOptions, 'views'>): Promise<Load> {
  const clients = options.tokens.length;
  const viewsIn = (seconds: number, { viewsPerSecond }: Load) =>
    Math.max(clients, Math.round(viewsPerSecond * seconds));
  const cold = await fire({ ...options, views: clients });
  const warm = await fire({ ...options, views: viewsIn(WARM_UP_SECONDS, cold) });
  const measured = await fire({ ...options, views: viewsIn(SECONDS, warm) });
  return { ...measured, views: cold.views + warm.views + measured.views };
}
