import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Metrics } from '../observe/Metrics.ts';
import { quotes } from './quotes.ts';

export type Routes = FastifyPluginAsyncTypebox<{ metrics: Metrics }>;

/** What the service is for. Everything around it is the golden path's. */
export const routes: Routes = async (app, options) => {
  await app.register(quotes, options);
};
