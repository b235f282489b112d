import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  type ClusterHealth,
  entityRefsRequestSchema,
  type EntityStatuses,
} from '@waymark/backstage-plugin-workload-health-common';
import express from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import { RenderedAnswers } from './answers/RenderedAnswers';
import type { VisibleEntities } from './answers/VisibleEntities';
import type { WorkloadHealthService } from './answers/WorkloadHealthService';

export interface RouterOptions {
  readonly service: WorkloadHealthService;
  readonly visible: VisibleEntities;
  readonly httpAuth: HttpAuthService;
}

export function createRouter({ service, visible, httpAuth }: RouterOptions) {
  const router = Router();
  const rendered = new RenderedAnswers();
  // A thousand refs of the longest names.
  router.use(express.json({ limit: '500kb' }));

  router.get('/v1/entities/:namespace/:kind/:name', async (req, res) => {
    const credentials = await httpAuth.credentials(req, { allow: ['user', 'service'] });
    const { namespace, kind, name } = req.params;
    const entity = await visible.one({ namespace, kind, name }, credentials);
    const view = await service.viewOf(entity);
    res.setHeader('cache-control', 'private, no-cache');
    res.setHeader('etag', `W/"${view.version}"`);
    if (req.fresh) res.status(304).end();
    else res.type('json').send(await rendered.bodyOf(view));
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
