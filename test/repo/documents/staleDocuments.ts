import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATED_FOLDER } from './generatedDocuments';

export interface StaleDocument {
  readonly path: string;
  /** Undefined for a file that is there and is not generated any more. */
  readonly text?: string;
}

/** What on disk is not as it would be generated now. */
export function staleDocuments(
  root: string,
  documents: ReadonlyMap<string, string>,
): StaleDocument[] {
  const changed = [...documents]
    .filter(([path, text]) => textAt(join(root, path)) !== text)
    .map(([path, text]) => ({ path, text }));
  const folder = join(root, GENERATED_FOLDER);
  const left = (existsSync(folder) ? readdirSync(folder) : [])
    .map(file => `${GENERATED_FOLDER}/${file}`)
    .filter(path => !documents.has(path));
  return [...changed, ...left.map(path => ({ path }))];
}

const textAt = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
