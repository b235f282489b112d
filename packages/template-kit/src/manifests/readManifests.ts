import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import globby from 'globby';
import { parseManifests, type Manifests } from './parseManifests';

/** Manifests of a file, of all YAML and JSON files below a folder, or of text that was piped in (`-`). */
export async function readManifests(
  path: string,
  stdin: () => Promise<string>,
): Promise<Manifests> {
  if (path === '-') return parseManifests(await stdin(), 'stdin');
  const stats = await stat(path).catch(error => {
    throw new InputError(`cannot read ${path}`, error);
  });
  if (!stats.isDirectory()) return parseManifests(await readFile(path, 'utf8'), path);
  const files = await globby(['**/*.yaml', '**/*.yml', '**/*.json'], {
    cwd: path,
    ignore: ['**/node_modules/**'],
  });
  if (!files.length) throw new InputError(`${path} holds no YAML or JSON file`);
  const all = await Promise.all(
    files
      .sort()
      .map(async file =>
        parseManifests(await readFile(join(path, file), 'utf8'), join(path, file)),
      ),
  );
  return {
    objects: all.flatMap(({ objects }) => objects),
    sources: new Map(all.flatMap(({ sources }) => [...sources])),
  };
}
