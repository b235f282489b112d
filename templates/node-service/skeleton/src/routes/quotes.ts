import { Type } from '@fastify/type-provider-typebox';
import type { Routes } from './index.ts';
import { quote } from './quote.ts';

const Quote = Type.Object({
  sku: Type.String(),
  quantity: Type.Integer(),
  unitPriceCents: Type.Integer(),
  totalCents: Type.Integer(),
});

/** A sample to replace: input is checked by its schema before the handler runs, output is written by its schema. */
export const quotes: Routes = async (app, { metrics }) => {
  app.get(
    '/v1/quotes/:sku',
    {
      schema: {
        params: Type.Object({ sku: Type.String({ pattern: '^[A-Z0-9-]{3,32}$' }) }),
        querystring: Type.Object({
          quantity: Type.Integer({ minimum: 1, maximum: 1000, default: 1 }),
        }),
        response: { 200: Quote },
      },
    },
    async ({ params, query }) => {
      metrics.quotes.inc({ outcome: 'given' });
      return quote(params.sku, query.quantity);
    },
  );
};
