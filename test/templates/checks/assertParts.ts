import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifests } from '@waymark/template-kit';
import { load } from 'js-yaml';
import { ENVIRONMENTS, type ExpectedObject, type Rendered } from '../TemplateCase';

/** The release and the files hold the parts that the case names. */
export function assertParts({ testCase, folder, manifests }: Rendered): string {
  const { objects = [], files = {}, texts = {}, ranges } = testCase.expect;
  for (const environment of ENVIRONMENTS) {
    assertObjects(manifests[environment], objects);
    if (ranges) assert.deepEqual(rangesOf(manifests[environment]), ranges);
  }
  for (const [file, part] of Object.entries(files))
    assert.partialDeepStrictEqual(load(readFileSync(join(folder, file), 'utf8')), part);
  for (const [file, parts] of Object.entries(texts)) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const part of parts) assert(text.includes(part), `${file} does not say ${part}:\n${text}`);
  }
  return `${objects.length + Object.keys(files).length + Object.keys(texts).length} parts`;
}

const rangesOf = (manifests: string) =>
  [...manifests.matchAll(/ipBlock: \{ cidr: "([^"]+)"/g)].map(([, range]) => range);

/** Of each expected object, the first of its kind is compared. */
export function assertObjects(manifests: string, expected: readonly ExpectedObject[]): void {
  const { objects } = parseManifests(manifests, 'release');
  for (const part of expected) {
    const found = objects.find(({ kind }) => kind === part.kind);
    assert(found, `no ${part.kind}`);
    assert.partialDeepStrictEqual(found, part);
  }
}
