import { z } from 'zod';

/** RFC 3339 */
const time = z.iso.datetime({ offset: true });

/** What Argo CD compares the cluster with. One for each source of the application. */
export const sourceRevisionSchema = z.object({
  repoUrl: z.string(),
  path: z.string().optional(),
  chart: z.string().optional(),
  targetRevision: z.string().optional(),
  /** The commit or chart version that is deployed. */
  revision: z.string().optional(),
  /** Page of the commit at its host, where the host is one of the configured integrations. */
  commitUrl: z.string().optional(),
});

export const operationSchema = z.object({
  phase: z.enum(['Running', 'Terminating', 'Succeeded', 'Failed', 'Error']),
  message: z.string().optional(),
  startedAt: time.optional(),
  finishedAt: time.optional(),
  /** Who asked for it: an Argo CD user, `automated`, or the Backstage user that the portal recorded. */
  by: z.string().optional(),
});

export const deploymentSchema = z.object({
  id: z.number(),
  deployedAt: time,
  revisions: z.array(sourceRevisionSchema),
  by: z.string().optional(),
  author: z.string().optional(),
  message: z.string().optional(),
});

/** A button is enabled only if it will work; otherwise it says in words why not. */
export const actionSchema = z.discriminatedUnion('allowed', [
  z.object({ allowed: z.literal(true) }),
  z.object({
    allowed: z.literal(false),
    reason: z.enum([
      'not-permitted',
      'another-entity',
      'no-api',
      'operation-running',
      'source-stale',
    ]),
  }),
]);

export const deliveryApplicationSchema = z.object({
  /** Opaque: the only way in which a client names an application, and only together with its entity. */
  id: z.string(),
  /** The configured source that knows it. */
  source: z.string(),
  name: z.string(),
  namespace: z.string(),
  project: z.string(),
  sync: z.object({
    status: z.enum(['Synced', 'OutOfSync', 'Unknown']),
    /** Argo CD's own conditions: ComparisonError, SyncError and the like. */
    conditions: z.array(z.object({ type: z.string(), message: z.string() })),
  }),
  /** Argo CD's own verdict, never recomputed. */
  health: z.object({
    status: z.enum(['Healthy', 'Suspended', 'Progressing', 'Missing', 'Degraded', 'Unknown']),
    message: z.string().optional(),
    since: time.optional(),
  }),
  revisions: z.array(sourceRevisionSchema),
  images: z.array(z.string()),
  destination: z.object({
    cluster: z.string().optional(),
    server: z.string().optional(),
    namespace: z.string().optional(),
  }),
  autoSync: z.object({ enabled: z.boolean(), prune: z.boolean(), selfHeal: z.boolean() }),
  operation: operationSchema.optional(),
  /** Newest first, at most ten. */
  history: z.array(deploymentSchema),
  reconciledAt: time.optional(),
  /** Page of the application in Argo CD's own UI. */
  url: z.string().optional(),
  actions: z.object({ sync: actionSchema }),
});

export const deliverySourceSchema = z.object({
  name: z.string(),
  type: z.enum(['kubernetes', 'api']),
  state: z.enum(['connecting', 'live', 'stale', 'unreachable', 'unauthorised']),
  lastContact: time.optional(),
  message: z.string().optional(),
});

/** `GET /v1/entities/:namespace/:kind/:name` */
export const entityDeliverySchema = z.object({
  entityRef: z.string(),
  applications: z.array(deliveryApplicationSchema),
  sources: z.array(deliverySourceSchema),
  /** How the applications were found, so that an empty answer can say what to annotate. */
  mapping: z.object({
    by: z.enum(['annotation', 'entity-ref', 'repository']),
    selectors: z.array(z.string()),
  }),
  at: time,
});

/** `POST /v1/entities/:namespace/:kind/:name/applications/:id/sync` answers 202: what becomes of it is in the application's operation. */
export const syncRequestSchema = z.object({
  prune: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});
export const syncResponseSchema = z.object({ application: z.string() });

export type EntityDelivery = z.infer<typeof entityDeliverySchema>;
export type DeliveryApplication = z.infer<typeof deliveryApplicationSchema>;
export type DeliverySource = z.infer<typeof deliverySourceSchema>;
export type DeliveryOperation = z.infer<typeof operationSchema>;
export type SyncRequest = z.infer<typeof syncRequestSchema>;

/** Channel of the signals; says that something changed, never what. */
export const DELIVERY_CHANNEL = 'argocd-delivery';

export type DeliverySignal = {
  type: 'entities-changed';
  /** Entity refs, lower case. */
  entityRefs: string[];
};
