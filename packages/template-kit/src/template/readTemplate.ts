import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { load } from 'js-yaml';
import { z } from 'zod';
import type { Template } from './Template';

const templateSchema = z.object({
  kind: z.literal('Template'),
  metadata: z.object({ name: z.string(), title: z.string().optional() }),
  spec: z.object({
    parameters: z
      .union([z.array(z.record(z.string(), z.unknown())), z.record(z.string(), z.unknown())])
      .optional(),
    steps: z.array(
      z.object({
        id: z.string(),
        name: z.string().optional(),
        action: z.string(),
        if: z.union([z.string(), z.boolean()]).optional(),
        input: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  }),
});

/** Reads `template.yaml` of a folder. Fails with the field that is wrong. */
export async function readTemplate(folder: string): Promise<Template> {
  const dir = resolve(folder);
  const file = join(dir, 'template.yaml');
  const parsed = templateSchema.safeParse(await readYaml(file));
  if (!parsed.success)
    throw new InputError(`${file} is not a template: ${z.prettifyError(parsed.error)}`);
  const { metadata, spec } = parsed.data;
  return { ...metadata, dir, parameters: [spec.parameters ?? []].flat(), steps: spec.steps };
}

/** A YAML file with its `$yaml: ./other.yaml` includes in place, as the catalog reads it. */
async function readYaml(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch(error => {
    throw new InputError(`cannot read ${file}`, error);
  });
  return include(load(text, { filename: file }), dirname(file));
}

async function include(value: unknown, dir: string): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(item => include(item, dir)));
  if (value === null || typeof value !== 'object') return value;
  const { $yaml: target } = value as { $yaml?: unknown };
  if (typeof target === 'string') return readYaml(resolve(dir, target));
  const entries = Object.entries(value).map(async ([key, child]) => [
    key,
    await include(child, dir),
  ]);
  return Object.fromEntries(await Promise.all(entries));
}
