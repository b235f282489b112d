import { z } from 'zod';

/**
 * Who looks after a file once the service exists.
 * - managed: the golden path; overwritten on upgrade, an edit is drift
 * - seeded: both; upgrades are merged three ways
 * - owned: the service's team; never touched again
 */
export const fileClassSchema = z.enum(['managed', 'seeded', 'owned']);
export type FileClass = z.infer<typeof fileClassSchema>;

/** `files.yaml` of a template: globs by class, the first match wins; what matches none is owned. */
export const fileClassesSchema = z.strictObject({
  version: z.string(),
  files: z.array(z.strictObject({ glob: z.string(), class: fileClassSchema })),
});
export type FileClasses = z.infer<typeof fileClassesSchema>;

/** `.waymark.yaml` of a generated repository. */
export const stampSchema = z.strictObject({
  apiVersion: z.literal('waymark.dev/v1'),
  template: z.strictObject({
    name: z.string(),
    version: z.string(),
    /** Commit of the repository that the template came from, where it is known. */
    commit: z.string().optional(),
  }),
  answers: z.record(z.string(), z.unknown()),
  files: z.array(z.strictObject({ path: z.string(), class: fileClassSchema, sha256: z.string() })),
});
export type Stamp = z.infer<typeof stampSchema>;

export const STAMP_FILE = '.waymark.yaml';
export const FILE_CLASSES_FILE = 'files.yaml';
