import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../suites/runProgram';

/** The golden path with one mistake, as its author could make it: no answer of the form leads there. */
export interface BrokenTemplate {
  readonly name: string;
  /** Below `templates`. */
  readonly file: string;
  readonly right: string;
  readonly wrong: string;
  /** What the log of the task must name. */
  readonly message: RegExp;
}

export const unrenderableChart: BrokenTemplate = {
  name: 'unrenderable-chart',
  file: '_chart/templates/deployment.yaml',
  right: 'replicas: {{ .Values.scaling.replicas }}',
  wrong: 'replicas: {{ .Values.scale.replicas }}',
  message: /templates\/deployment\.yaml:\d+:\d+: .*nil pointer evaluating interface {}\.replicas/,
};

export const valuesAgainstSchema: BrokenTemplate = {
  name: 'values-against-schema',
  file: 'node-service/skeleton/deploy/values-dev.yaml.njk',
  right: 'replicas: 2\n',
  wrong: 'replicas: two\n',
  message: /at '\/scaling\/replicas': got string, want integer/,
};

/** Writes the templates into a folder, and returns their entities' files. */
export function writeBrokenTemplates(dir: string): string[] {
  return [unrenderableChart, valuesAgainstSchema].map(({ name, file, right, wrong }) => {
    const templates = join(dir, 'templates', name);
    cpSync(join(root, 'templates'), templates, { recursive: true });
    const entity = join(templates, 'node-service/template.yaml');
    replaceIn(entity, '\n  name: node-service\n', `\n  name: ${name}\n`);
    replaceIn(join(templates, file), right, wrong);
    return entity;
  });
}

function replaceIn(file: string, before: string, after: string): void {
  const text = readFileSync(file, 'utf8');
  if (!text.includes(before)) throw new Error(`${file} does not contain ${before.trim()}`);
  writeFileSync(file, text.replace(before, after));
}
