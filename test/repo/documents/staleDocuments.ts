import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GENERATED_FOLDERS } from './generatedDocuments';

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
  const left = GENERATED_FOLDERS.flatMap(folder => filesIn(root, folder)).filter(
    path => !documents.has(path),
  );
  return [...changed, ...left.map(path => ({ path }))];
}

const filesIn = (root: string, folder: string) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder)).map(file => `${folder}/${file}`)
    : [];

const textAt = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
