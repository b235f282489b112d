import { z } from 'zod';

const versionedSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().regex(/^\d+$/).transform(BigInt) }),
});

/**
 * The object's state as a number that grows with every change. Undefined where there is none: thin lists leave it out.
 * Source: Kubernetes KEP-5504, comparable resource versions
 */
export function resourceVersionOf(object: unknown): bigint | undefined {
  return versionedSchema.safeParse(object).data?.metadata.resourceVersion;
}
