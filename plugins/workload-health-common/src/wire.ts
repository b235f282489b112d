import { z } from 'zod';

/** RFC 3339 */
const time = z.iso.datetime({ offset: true });
const args = z.record(z.string(), z.union([z.string(), z.number()]));

export const objectRefSchema = z.object({
  group: z.string(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

export const statusSchema = z.enum([
  'healthy',
  'suspended',
  'progressing',
  'unknown',
  'degraded',
  'down',
]);

export const causeSchema = z.object({
  code: z.string(),
  args,
  evidence: z.array(
    z.object({
      object: objectRefSchema,
      path: z.string(),
      value: z.union([z.string(), z.number(), z.boolean()]),
    }),
  ),
  command: z.string().optional(),
  at: time.optional(),
  affected: z.object({ pods: z.number(), of: z.number() }).optional(),
});

const podGroupSchema = z.object({
  status: statusSchema,
  state: z.string(),
  count: z.number(),
  examples: z.array(
    z.object({
      name: z.string(),
      node: z.string().optional(),
      zone: z.string().optional(),
      restarts: z.number(),
      startedAt: time.optional(),
    }),
  ),
});

/** The wire form of health's WorkloadFacts. */
export const factsSchema = z.object({
  workload: objectRefSchema,
  replicas: z.object({
    desired: z.number(),
    ready: z.number(),
    updated: z.number(),
    total: z.number(),
  }),
  images: z.array(z.object({ container: z.string(), image: z.string() })),
  revision: z.string().optional(),
  recentRestarts: z.number(),
  pods: z.array(podGroupSchema),
  scaler: z
    .object({
      scaler: objectRefSchema,
      current: z.number(),
      desired: z.number(),
      min: z.number(),
      max: z.number(),
      metrics: z.array(
        z.object({ name: z.string(), current: z.string().optional(), target: z.string() }),
      ),
    })
    .optional(),
  disruptionBudgets: z.array(
    z.object({
      budget: objectRefSchema,
      disruptionsAllowed: z.number().optional(),
      healthy: z.number().optional(),
      desiredHealthy: z.number().optional(),
    }),
  ),
  services: z.array(
    z.object({
      service: objectRefSchema,
      readyEndpoints: z.number().optional(),
      totalEndpoints: z.number().optional(),
    }),
  ),
});

/** What was different in the workload when its status last changed for the worse. */
export const changeSchema = z.object({
  at: time,
  revision: z.object({ from: z.string().optional(), to: z.string() }).optional(),
  images: z.array(z.object({ container: z.string(), from: z.string().optional(), to: z.string() })),
  /** Where the configuration that changed comes from: `ConfigMap settings`, `checksum/secret`. */
  configuration: z.array(z.string()).optional(),
});

export const workloadHealthSchema = z.object({
  cluster: z.string(),
  workload: objectRefSchema,
  status: statusSchema,
  /** When this status began, as the verdict store saw it; of what is unknown for want of contact, the last contact. */
  since: time,
  /** Set while the cluster is not heard of: the status is unknown then, and everything else here is as it was. */
  lastKnown: z.object({ status: statusSchema, since: time }).optional(),
  cause: causeSchema.optional(),
  symptoms: z.array(causeSchema),
  /** What kept the verdict from being certain, in the API server's own words. */
  gaps: z.array(z.object({ kind: z.string(), message: z.string() })),
  changedBefore: changeSchema.optional(),
  facts: factsSchema,
});

export const clusterHealthSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  /** `unknown`: the entity names it, and nobody configured it. */
  state: z.enum(['listing', 'live', 'stale', 'unreachable', 'unauthorised', 'unknown']),
  /** When the API server last proved to be there; the age of everything shown of this cluster. */
  lastContact: time.optional(),
  message: z.string().optional(),
  /** What somebody has to do about it. */
  nextStep: z.string().optional(),
  /** Kinds that our role may not read, with the rule that is missing. */
  forbidden: z.array(
    z.object({ kind: z.string(), verb: z.string(), resource: z.string(), message: z.string() }),
  ),
});

export const findingSchema = z.object({
  rule: z.string(),
  code: z.string(),
  args,
  severity: z.enum(['error', 'warning', 'advice']),
  level: z.enum(['deployable', 'resilient', 'secure', 'efficient']),
  cluster: z.string(),
  subject: objectRefSchema,
  path: z.string(),
  actual: z.unknown().optional(),
  expected: z.unknown().optional(),
  fingerprint: z.string(),
  exemption: z
    .object({ state: z.string(), reason: z.string().optional(), until: z.string().optional() })
    .optional(),
});

export const readinessSchema = z.object({
  gate: z.enum(['pass', 'fail', 'unknown']),
  levels: z.array(
    z.object({
      level: findingSchema.shape.level,
      pass: z.number(),
      fail: z.number(),
      unknown: z.number(),
      reached: z.boolean(),
    }),
  ),
  /** Errors first; at most 100, `total` counts all. */
  findings: z.array(findingSchema),
  total: z.number(),
  /** Rules that could not be decided, with the reason. */
  undecided: z.array(z.object({ rule: z.string(), kind: z.string(), message: z.string() })),
});

/** How the workloads of an entity were found, so that an empty answer can say what to annotate. */
export const mappingSchema = z.object({
  by: z.enum(['annotations', 'argocd', 'name']),
  selectors: z.array(z.string()),
});

/** `GET /v1/entities/:namespace/:kind/:name`. Flat in the number of pods. */
export const entityHealthSchema = z.object({
  entityRef: z.string(),
  /** Absent when no workload was found. */
  status: statusSchema.optional(),
  mapping: mappingSchema,
  workloads: z.array(workloadHealthSchema),
  clusters: z.array(clusterHealthSchema),
  readiness: readinessSchema,
  /** When the answer was made. */
  at: time,
});

/** `POST /v1/entities/by-refs`: one row an entity that the caller may read, in no order; the others are left out. */
export const entityStatusesSchema = z.object({
  items: z.array(
    z.object({
      entityRef: z.string(),
      status: statusSchema,
      since: time,
      /** The worst workload's cause. */
      cause: causeSchema.pick({ code: true, args: true }).optional(),
      /** Set when the clusters behind it have not been heard of: the age of the status. */
      staleSince: time.optional(),
    }),
  ),
});

export const entityRefsRequestSchema = z.object({
  entityRefs: z.array(z.string()).min(1).max(1000),
});

export type EntityHealth = z.infer<typeof entityHealthSchema>;
export type WorkloadHealth = z.infer<typeof workloadHealthSchema>;
export type ClusterHealth = z.infer<typeof clusterHealthSchema>;
export type ReadinessSummary = z.infer<typeof readinessSchema>;
export type WireFinding = z.infer<typeof findingSchema>;
export type WireCause = z.infer<typeof causeSchema>;
export type EntityStatuses = z.infer<typeof entityStatusesSchema>;

/** Channel of the signals; says that something changed, never what: the reader fetches it with its own permissions. */
export const HEALTH_CHANNEL = 'workload-health';

export type HealthSignal = {
  type: 'entities-changed';
  /** Entity refs, lower case. */
  entityRefs: string[];
};
