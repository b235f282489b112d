import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplate } from '@waymark/template-kit';
import { chartDir, templateDir, type TemplateCase } from '../TemplateCase';

interface Field {
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly maxLength?: number;
}
interface Page {
  readonly required?: readonly string[];
  readonly properties: Readonly<Record<string, Field>>;
  readonly dependencies?: Record<string, { oneOf: { properties: Record<string, Field> }[] }>;
}

/** At most seven answers are needed; everything else has a default or says where its default comes from. */
export async function assertFormIsShort(): Promise<string> {
  const pages = (await readTemplate(templateDir)).parameters as unknown as Page[];
  const required = pages.flatMap(page => page.required ?? []);
  assert(required.length <= 7, `${required.length} required answers`);
  for (const page of pages) {
    for (const [name, field] of Object.entries(page.properties)) {
      assert(field.title, `${name} has no title`);
      const explained =
        field.default !== undefined || /default|empty/i.test(field.description ?? '');
      assert(
        required.includes(name) || explained,
        `${name} is optional but has no default and does not say what happens without it`,
      );
    }
  }
  return `${required.length} required answers`;
}

/** Every answer reaches the skeleton and the record, under its own name. */
export async function assertAnswersArePassedOn(): Promise<string> {
  const { parameters, steps } = await readTemplate(templateDir);
  const asked = (parameters as unknown as Page[]).flatMap(namesOf);
  const input = (id: string) => steps.find(step => step.id === id)!.input!;
  assert.deepEqual(Object.keys(input('files').values as object).sort(), [...new Set(asked)].sort());
  assert.deepEqual(input('stamp').answers, input('files').values);
  return `${new Set(asked).size} answers`;
}

function namesOf({ properties, dependencies = {} }: Page): string[] {
  const conditional = Object.values(dependencies).flatMap(({ oneOf }) =>
    oneOf.flatMap(branch => Object.keys(branch.properties)),
  );
  return [...Object.keys(properties), ...conditional];
}

/** A step reads only what an earlier one has put out. */
export async function assertStepsFollow(): Promise<void> {
  const { steps } = await readTemplate(templateDir);
  steps.forEach((step, index) => {
    const known = steps.slice(0, index).map(({ id }) => id);
    for (const [, id] of JSON.stringify(step.input ?? {}).matchAll(/steps\.([\w-]+)\.output/g)) {
      assert(known.includes(id), `step ${step.id} reads ${id}, which has not run`);
    }
  });
}

/** What the form accepts as a name, the chart accepts too, and the other way round. */
export async function assertFormAndSchemaAgree(): Promise<void> {
  const pages = (await readTemplate(templateDir)).parameters as unknown as Page[];
  const field = (name: string) =>
    pages.find(({ properties }) => properties[name])!.properties[name];
  const { definitions, properties } = JSON.parse(
    readFileSync(join(chartDir, 'values.schema.json'), 'utf8'),
  );
  assert.equal(field('name').pattern, definitions.label.pattern);
  assert.equal(field('name').maxLength, definitions.label.maxLength);
  assert.deepEqual(field('ipFamily').enum, properties.network.properties.ipFamily.enum);
  assert.deepEqual(field('secretsProvider').enum, properties.secrets.properties.provider.enum);
  assert.deepEqual(['none', ...field('ingress').enum!], properties.exposure.properties.kind.enum);
  assert.equal(field('region').pattern, definitions.region.pattern);
}

/** Each choice of the form is taken by at least one case. */
export async function assertChoicesAreCovered(cases: readonly TemplateCase[]): Promise<string> {
  const pages = (await readTemplate(templateDir)).parameters as unknown as Page[];
  const open = pages.flatMap(({ properties }) =>
    Object.entries(properties).flatMap(([name, field]) =>
      (field.enum ?? [])
        .filter(
          choice =>
            choice !== field.default && !cases.some(({ answers }) => answers[name] === choice),
        )
        .map(choice => `${name}: ${choice}`),
    ),
  );
  assert.deepEqual(open, []);
  return `${cases.length} cases`;
}
