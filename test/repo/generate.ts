import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { generatedDocuments } from './documents/generatedDocuments';
import { staleDocuments } from './documents/staleDocuments';

// npm run generate [-- --check]: writes the documents that come from code; with --check it only says which are out of date.
const root = resolve(__dirname, '../..');
const documents = generatedDocuments(root);
const stale = staleDocuments(root, documents);

if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} is out of date: run npm run generate`);
  process.exitCode = stale.length ? 1 : 0;
} else {
  for (const { path, text } of stale) {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    if (text === undefined) rmSync(file);
    else writeFileSync(file, text);
    console.log(`${text === undefined ? 'removed' : 'wrote'} ${path}`);
  }
  console.log(`${documents.size} documents, ${stale.length} changed`);
}
