import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderChart, renderTemplate, type Answers } from '@waymark/template-kit';
import { load, loadAll } from 'js-yaml';
import { filesOf } from '../filesOf';
import {
  templateDir,
  valuesOf,
  type Environment,
  type Rendered,
  type TemplateCase,
} from '../TemplateCase';

/** Writes the case's files and renders its releases. */
export async function renderCase(testCase: TemplateCase, folder: string): Promise<Rendered> {
  await renderTemplate({ templateDir, answers: testCase.answers, outDir: folder });
  const { answers } = stampOf(folder);
  const namespace = String(answers.namespace);
  const render = (environment: Environment) =>
    renderChart({
      chart: join(folder, 'chart'),
      values: valuesOf(folder, environment),
      namespace,
      releaseName: `${testCase.answers.name}-${environment}`,
    });
  return {
    testCase,
    folder,
    namespace,
    manifests: { dev: await render('dev'), prod: await render('prod') },
  };
}

const stampOf = (folder: string) =>
  load(readFileSync(join(folder, '.waymark.yaml'), 'utf8')) as {
    template: { version: string };
    answers: Answers;
  };

/** What was written parses, holds nothing of the template language, and links to nothing that is not there. */
export function assertFilesAreWhole({ folder }: Rendered): string {
  const files = filesOf(folder);
  // The chart's templates are Helm's: it reads them below.
  for (const file of files.filter(name => !name.startsWith('chart/templates/'))) {
    const text = readFileSync(join(folder, file), 'utf8');
    assert(
      !/\{%|%\}|\$\{\{ ?values|undefined|\[object Object\]|NaN/.test(rendered(file) ? text : ''),
      `${file} has leftovers of the template`,
    );
    if (file.endsWith('.yaml') || file.endsWith('.yml'))
      loadAll(text, undefined, { filename: file });
    if (file.endsWith('.json')) JSON.parse(text);
    if (!file.endsWith('.md')) continue;
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      assert(
        existsSync(join(folder, dirname(file), target)),
        `${file} links to ${target}, which is not there`,
      );
    }
  }
  return `${files.length} files`;
}

/** A relation to what the catalog does not have is a warning on the service's first page. */
export function assertRelationsAreEntities({ folder, testCase }: Rendered): string {
  const { spec } = load(readFileSync(join(folder, 'catalog-info.yaml'), 'utf8')) as {
    spec: { dependsOn?: string[] };
  };
  const answered = (testCase.answers.dependencies ?? []) as { entityRef?: string }[];
  const found = answered.flatMap(({ entityRef }) => entityRef ?? []);
  assert.deepEqual(spec.dependsOn ?? [], found);
  return `${found.length} of ${answered.length} dependencies`;
}

const rendered = (file: string) => existsSync(join(templateDir, 'skeleton', `${file}.njk`));

/** The recorded answers give the same files: what an upgrade compares with. */
export async function assertAnswersReproduce({ folder }: Rendered, again: string): Promise<void> {
  const stamp = stampOf(folder);
  await renderTemplate({ templateDir, answers: stamp.answers, outDir: again });
  const files = filesOf(folder);
  assert.deepEqual(filesOf(again), files);
  const differing = files.filter(
    file => !readFileSync(join(folder, file)).equals(readFileSync(join(again, file))),
  );
  assert.deepEqual(differing, []);
  const { template } = load(readFileSync(join(folder, 'deploy/values.yaml'), 'utf8')) as {
    template: { version: string };
  };
  assert.equal(
    template.version,
    stamp.template.version,
    'deploy/values.yaml and files.yaml name different versions',
  );
}
