import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@backstage/errors';
import globby from 'globby';
import { parseManifests, type Manifests } from './parseManifests';

/**
 * Manifests of a file, of all YAML and JSON files below a folder, or of text that was piped in (`-`). None at all are an
 * InputError: a program before the pipe that failed would otherwise look like manifests without a fault.
 */
export async function readManifests(
  path: string,
  stdin: () => Promise<string>,
): Promise<Manifests> {
  const manifests = path === '-' ? parseManifests(await stdin(), 'stdin') : await readFrom(path);
  if (manifests.objects.length) return manifests;
  throw new InputError(
    path === '-'
      ? 'standard input holds no Kubernetes object: see what the program before the pipe says'
      : `${path} holds no Kubernetes object: name the file or folder of the manifests`,
  );
}

async function readFrom(path: string): Promise<Manifests> {
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
