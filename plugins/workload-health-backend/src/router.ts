import { createHash } from 'node:crypto';
import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  type ClusterHealth,
  type EntityHealth,
  entityRefsRequestSchema,
  type EntityStatuses,
} from '@waymark/backstage-plugin-workload-health-common';
import express, { type Response } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { VisibleEntities } from './answers/VisibleEntities';
import type { WorkloadHealthService } from './answers/WorkloadHealthService';

export interface RouterOptions {
  readonly service: WorkloadHealthService;
  readonly visible: VisibleEntities;
  readonly httpAuth: HttpAuthService;
}

export function createRouter({ service, visible, httpAuth }: RouterOptions) {
  const router = Router();
  // A thousand refs of the longest names.
  router.use(express.json({ limit: '500kb' }));

  router.get('/v1/entities/:namespace/:kind/:name', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user', 'service'] });
    const { namespace, kind, name } = req.params;
    const entity = await visible.one({ namespace, kind, name }, credentials);
    send(res, (await service.healthOf(entity)) satisfies EntityHealth);
  });

  router.post('/v1/entities/by-refs', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user', 'service'] });
    const request = entityRefsRequestSchema.safeParse(req.body);
    if (!request.success) throw new InputError(z.prettifyError(request.error));
    const entities = await visible.many(request.data.entityRefs, credentials);
    res.json((await service.statusesOf(entities)) satisfies EntityStatuses);
  });

  router.get('/v1/clusters', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['user', 'service'] });
    res.json({ items: await service.clusters() } satisfies { items: ClusterHealth[] });
  });

  return router;
}

/** Ages of clusters count in steps of this: a poll in between is answered by 304, and its page is no older than that. */
const AGE_STEP_MS = 10_000;

/** Answers 304 to whoever has the same already; the time of the answer itself is no difference. */
function send(res: Response, health: EntityHealth) {
  const clusters = health.clusters.map(({ lastContact, ...cluster }) => ({
    ...cluster,
    age: lastContact && Math.floor(Date.parse(lastContact) / AGE_STEP_MS),
  }));
  const content = JSON.stringify({ ...health, clusters, at: undefined });
  const digest = createHash('sha256').update(content).digest('base64url');
  res.setHeader('cache-control', 'private, no-cache');
  res.setHeader('etag', `W/"${digest}"`);
  if (res.req.fresh) {
    res.status(304).end();
    return;
  }
  res.json(health);
}
