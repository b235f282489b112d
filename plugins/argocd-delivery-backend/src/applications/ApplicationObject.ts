import { z } from 'zod';

/** A time that Go has not set is printed as null (metav1.Time), wherever it stands. */
const time = z.iso.datetime({ offset: true });
const optionalTime = time.nullish();

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

const initiatedBySchema = z
  .object({ username: z.string().optional(), automated: z.boolean().optional() })
  .optional();

const metadataSchema = z.object({
  name: z.string(),
  namespace: z.string().default('argocd'),
  labels: z.record(z.string(), z.string()).nullish(),
  annotations: z.object({ 'backstage.io/entity-ref': z.string().optional() }).nullish(),
});

const specSchema = z.object({
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
});

/** Each part by itself: one that a newer Argo CD writes otherwise must not take the others along. */
const statusSchemas = {
  sync: z.object({ status: z.string().default('Unknown'), ...revisionsSchema }).nullish(),
  health: z
    .object({
      status: z.string().default('Unknown'),
      message: z.string().optional(),
      lastTransitionTime: optionalTime,
    })
    .nullish(),
  conditions: z.array(z.object({ type: z.string(), message: z.string().default('') })).nullish(),
  summary: z.object({ images: z.array(z.string()).nullish() }).nullish(),
  reconciledAt: optionalTime,
  history: z
    .array(
      z.object({
        id: z.number().default(0),
        deployedAt: optionalTime,
        initiatedBy: initiatedBySchema,
        ...revisionsSchema,
      }),
    )
    .nullish(),
  operationState: z
    .object({
      phase: z.string(),
      message: z.string().optional(),
      startedAt: optionalTime,
      finishedAt: optionalTime,
      operation: z
        .object({
          initiatedBy: initiatedBySchema,
          info: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
        })
        .optional(),
    })
    .nullish(),
};

type Status = { [Part in keyof typeof statusSchemas]?: z.infer<(typeof statusSchemas)[Part]> };

/**
 * The part of `argoproj.io/v1alpha1` Application that is read, parsed where it enters: inline Helm values, parameters and
 * annotations that may hold secrets are dropped here and reach neither index nor browser.
 */
export interface ApplicationObject {
  readonly metadata: z.infer<typeof metadataSchema>;
  readonly spec: z.infer<typeof specSchema>;
  readonly status: Status;
}

const objectSchema = z.object({
  metadata: metadataSchema,
  spec: z.unknown().optional(),
  status: z.unknown().optional(),
});

/**
 * An object that has the name of an application. What else cannot be read is left out, for whatever stood there before must
 * not be taken for the state of today, and `onUnreadable` is told: names of fields and types, never a value.
 */
export function readApplicationObject(
  object: unknown,
  onUnreadable: (part: string, reason: string) => void,
): ApplicationObject | undefined {
  const parsed = objectSchema.safeParse(object);
  if (!parsed.success) return undefined;
  const { metadata, spec, status } = parsed.data;
  const read = <T>(part: string, schema: z.ZodType<T>, value: unknown): T | undefined => {
    const { data, error } = schema.safeParse(value);
    if (error) onUnreadable(part, z.prettifyError(error));
    return data;
  };
  const parts = read('status', z.record(z.string(), z.unknown()), status ?? {}) ?? {};
  return {
    metadata,
    spec: read('spec', specSchema, spec ?? {}) ?? specSchema.parse({}),
    status: Object.fromEntries(
      Object.entries(statusSchemas).map(([part, schema]) => [
        part,
        read<unknown>(`status.${part}`, schema, parts[part]),
      ]),
    ) as Status,
  };
}
