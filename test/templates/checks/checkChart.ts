import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chartDir } from '../TemplateCase';

/** The chart stays readable: few and short files, one kind in each, its output a function of the values alone. */
export function assertChartIsReadable(): string {
  const folder = join(chartDir, 'templates');
  const files = readdirSync(folder);
  assert(files.length <= 20, `${files.length} templates`);
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    const lines = text.split('\n').length - 1;
    assert(lines <= 60, `${file} has ${lines} lines`);
    assert(
      !/\.Capabilities|\btpl\b|\blookup\b|\| indent\b/.test(text),
      `${file}: its output would depend on the cluster, or on columns`,
    );
    const kinds = new Set(
      [...text.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind.toLowerCase()),
    );
    assert.deepEqual(
      [...kinds],
      file.startsWith('_') ? [] : [file.replace(/\.yaml$/, '')],
      `${file}: one kind, named as the file`,
    );
  }
  return `${files.length} templates`;
}

/** Every value has a place in the schema, every default a line above or behind it. */
export function assertValuesAreClosed(): void {
  const open: string[] = [];
  const visit = (schema: Record<string, unknown>, path: string) => {
    for (const [key, child] of Object.entries(schema)) {
      if (child === null || typeof child !== 'object') continue;
      visit(child as Record<string, unknown>, `${path}/${key}`);
    }
    if (schema.type === 'object' && schema.properties && schema.additionalProperties !== false)
      open.push(path);
  };
  visit(JSON.parse(readFileSync(join(chartDir, 'values.schema.json'), 'utf8')), '');
  assert.deepEqual(open, []);
}
