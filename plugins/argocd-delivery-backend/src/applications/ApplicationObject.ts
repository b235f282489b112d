import { z } from 'zod';

/**
 * The part of `argoproj.io/v1alpha1` Application that is read, parsed where it enters: inline Helm values, parameters and
 * annotations that may hold secrets are dropped here and reach neither index nor browser.
 */
const sourceSchema = z.object({
  repoURL: z.string().default(''),
  path: z.string().optional(),
  chart: z.string().optional(),
  targetRevision: z.string().optional(),
});

const revisionsSchema = {
  revision: z.string().optional(),
  revisions: z.array(z.string()).nullish(),
  source: sourceSchema.optional(),
  sources: z.array(sourceSchema).nullish(),
};

export const applicationObjectSchema = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string().default('argocd'),
    labels: z.record(z.string(), z.string()).nullish(),
    annotations: z.object({ 'backstage.io/entity-ref': z.string().optional() }).nullish(),
  }),
  spec: z
    .object({
      project: z.string().default('default'),
      source: sourceSchema.optional(),
      sources: z.array(sourceSchema).nullish(),
      destination: z
        .object({
          server: z.string().optional(),
          name: z.string().optional(),
          namespace: z.string().optional(),
        })
        .default({}),
      syncPolicy: z
        .object({
          // An empty `automated: {}` is on: only an explicit `enabled: false` is off.
          automated: z
            .object({
              prune: z.boolean().nullish(),
              selfHeal: z.boolean().nullish(),
              enabled: z.boolean().nullish(),
            })
            .nullish(),
        })
        .nullish(),
    })
    .prefault({}),
  status: z
    .object({
      sync: z.object({ status: z.string().default('Unknown'), ...revisionsSchema }).optional(),
      health: z
        .object({
          status: z.string().default('Unknown'),
          message: z.string().optional(),
          lastTransitionTime: z.string().optional(),
        })
        .optional(),
      conditions: z
        .array(z.object({ type: z.string(), message: z.string().default('') }))
        .nullish(),
      summary: z.object({ images: z.array(z.string()).nullish() }).optional(),
      reconciledAt: z.string().nullish(),
      history: z
        .array(
          z.object({
            id: z.number().default(0),
            deployedAt: z.string(),
            initiatedBy: z
              .object({ username: z.string().optional(), automated: z.boolean().optional() })
              .optional(),
            ...revisionsSchema,
          }),
        )
        .nullish(),
      operationState: z
        .object({
          phase: z.string(),
          message: z.string().optional(),
          startedAt: z.string().optional(),
          finishedAt: z.string().nullish(),
          operation: z
            .object({
              initiatedBy: z
                .object({ username: z.string().optional(), automated: z.boolean().optional() })
                .optional(),
              info: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
            })
            .optional(),
        })
        .optional(),
    })
    .default({}),
});

export type ApplicationObject = z.infer<typeof applicationObjectSchema>;
