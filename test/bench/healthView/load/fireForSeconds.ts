import { fire, type FireOptions, type Load } from './fire';

const WARM_UP_SECONDS = 2;
export const SECONDS = 4;

type Options = Omit<FireOptions, 'views'>;

/** Fires for a moment, as fast as a cold backend allows, and resolves to how many views a second a warm one answers. */
export async function warmUp(options: Options): Promise<number> {
  const cold = await fire({ ...options, views: options.tokens.length });
  const views = viewsIn(WARM_UP_SECONDS, cold.viewsPerSecond, options);
  return (await fire({ ...options, views })).viewsPerSecond;
}

/** As many views as take about four seconds at this speed, and at least one a client, so that a slow side is measured too. */
export const fireForSeconds = (options: Options, viewsPerSecond: number): Promise<Load> =>
  fire({ ...options, views: viewsIn(SECONDS, viewsPerSecond, options) });

const viewsIn = (seconds: number, viewsPerSecond: number, { tokens }: Options) =>
  Math.max(tokens.length, Math.round(viewsPerSecond * seconds));
