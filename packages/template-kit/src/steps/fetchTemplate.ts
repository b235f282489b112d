import { cp, lstat, mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import globby from 'globby';
import { z } from 'zod';
import { createRenderer } from '../render/createRenderer';
import type { LocalStep } from './LocalStep';

const inputSchema = z.strictObject({
  url: z.string(),
  targetPath: z.string().default('./'),
  values: z.record(z.string(), z.unknown()).default({}),
  templateFileExtension: z.union([z.string(), z.boolean()]).optional(),
  replace: z.boolean().default(false),
});

/** `fetch:template`: copies a folder of the template and renders what carries the extension, or everything where none is set. */
export const fetchTemplate: LocalStep = async ({ template, workspace, input }) => {
  const parsed = inputSchema.safeParse(input);
  if (!parsed.success)
    throw new InputError(
      `fetch:template cannot be rendered locally: ${z.prettifyError(parsed.error)}`,
    );
  const { url, targetPath, values, templateFileExtension, replace } = parsed.data;
  const source = resolveSafeChildPath(template.dir, url);
  const target = resolveSafeChildPath(workspace, targetPath);
  const extension = templateFileExtension === true ? '.njk' : templateFileExtension || undefined;
  const renderer = createRenderer();
  const context = renderer.prepareContext({ values } as never);
  const entries = await globby('**/*', {
    cwd: source,
    dot: true,
    onlyFiles: false,
    markDirectories: true,
    followSymbolicLinks: false,
  });

  for (const entry of entries) {
    const rendered = !extension || extname(entry) === extension;
    const bare = extension && rendered ? entry.slice(0, -extension.length) : entry;
    const path = renderer.render(bare, context);
    if (isSkipped(path)) continue;
    const output = resolveSafeChildPath(target, path);
    if (existsSync(output) && !replace) continue;
    if (entry.endsWith('/')) await mkdir(output, { recursive: true });
    else
      await writeEntry(join(source, entry), output, text =>
        rendered ? renderer.render(text, context) : text,
      );
  }
};

/** A path that renders to nothing, or loses a folder's name, is how a template leaves a file out. */
const isSkipped = (path: string) => path === '' || path.startsWith('/') || path.includes('//');

async function writeEntry(source: string, output: string, render: (text: string) => string) {
  await mkdir(dirname(output), { recursive: true });
  const { mode, isLink } = await lstat(source).then(stats => ({
    mode: stats.mode,
    isLink: stats.isSymbolicLink(),
  }));
  const bytes = isLink ? undefined : await readFile(source);
  if (!bytes || isBinary(bytes)) return cp(source, output);
  try {
    return await writeFile(output, render(bytes.toString('utf8')), { mode });
  } catch (error) {
    throw new InputError(`cannot render ${source}: ${(error as Error).message}`, error as Error);
  }
}

/** A NUL byte in the first 8,000 bytes, Git's own test. */
const isBinary = (bytes: Buffer) => bytes.subarray(0, 8000).includes(0);
