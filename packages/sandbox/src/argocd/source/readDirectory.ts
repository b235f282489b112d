import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import { parseManifests } from './parseManifests';

/** A folder of plain manifests, files in the order of their names. */
export async function readDirectory(
  folder: string,
  { recurse = false }: { recurse?: boolean } = {},
): Promise<KubeObject[]> {
  const entries = await readdir(folder, { recursive: recurse, withFileTypes: true });
  const files = entries
    .filter(entry => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name))
    .sort();
  const texts = await Promise.all(files.map(file => readFile(file, 'utf8')));
  return files.flatMap((file, index) => parseManifests(texts[index], relative(folder, file)));
}
