import type {
  AuditorService,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  argocdDeliverySyncPermission,
  type EntityDelivery,
  syncRequestSchema,
} from '@waymark/backstage-plugin-argocd-delivery-common';
import express, { type Request } from 'express';
import Router from 'express-promise-router';
import { z } from 'zod';
import type { DeliveryService } from './services/DeliveryService';

export interface RouterOptions {
  readonly service: DeliveryService;
  readonly catalog: CatalogService;
  readonly httpAuth: HttpAuthService;
  readonly permissions: PermissionsService;
  readonly auditor: AuditorService;
}

const ENTITY = '/v1/entities/:namespace/:kind/:name';

export function createRouter({ service, catalog, httpAuth, permissions, auditor }: RouterOptions) {
  const router = Router();
  router.use(express.json({ limit: '10kb' }));

  router.get(ENTITY, async (req, res) => {
    const entity = await visibleEntity(req);
    res.json(service.deliveryOf(entity, await maySync(req, entity)) satisfies EntityDelivery);
  });

  router.post(`${ENTITY}/applications/:id/sync`, async (req, res) => {
    const request = syncRequestSchema.safeParse(req.body ?? {});
    if (!request.success) throw new InputError(z.prettifyError(request.error));
    const entity = await visibleEntity(req);
    const credentials = await httpAuth.credentials(req, { allow: ['user'] });
    const event = await auditor.createEvent({
      eventId: 'application-sync',
      severityLevel: 'medium',
      request: req,
      meta: {
        entityRef: stringifyEntityRef(entity),
        applicationId: req.params.id,
        ...request.data,
      },
    });
    try {
      if (!(await maySync(req, entity))) {
        throw new NotAllowedError(
          `you may not sync applications of ${stringifyEntityRef(entity)}: ask for ${argocdDeliverySyncPermission.name}`,
        );
      }
      const { name } = await service.sync(
        entity,
        req.params.id,
        request.data,
        credentials.principal.userEntityRef,
      );
      await event.success({ meta: { application: name } });
      res.status(202).json({ application: name });
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  });

  /** Read with the caller's own eyes: an entity that they may not see does not exist for them. */
  async function visibleEntity(req: Request): Promise<Entity> {
    const { namespace, kind, name } = req.params;
    const credentials = await httpAuth.credentials(req, { allow: ['user', 'service'] });
    const entity = await catalog.getEntityByRef({ namespace, kind, name }, { credentials });
    if (!entity) throw new NotFoundError(`no entity ${kind}:${namespace}/${name} that you may see`);
    return entity;
  }

  async function maySync(req: Request, entity: Entity): Promise<boolean> {
    const credentials = await httpAuth.credentials(req, { allow: ['user', 'service'] });
    const [decision] = await permissions.authorize(
      [{ permission: argocdDeliverySyncPermission, resourceRef: stringifyEntityRef(entity) }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW;
  }

  return router;
}
