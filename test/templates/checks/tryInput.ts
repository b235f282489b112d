import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { completeAnswers, readTemplate } from '@waymark/template-kit';
import { load } from 'js-yaml';
import {
  templateDir,
  valuesOf,
  type ExpectedObject,
  type Rendered,
  type TemplateCase,
} from '../TemplateCase';
import { assertObjects } from './assertParts';
import { renderCase } from './renderCase';

const listOf = <T>(file: string) => load(readFileSync(join(__dirname, '..', file), 'utf8')) as T[];

export const badValues = () => listOf<{ set: string; names: string[] }>('badValues.yaml');

const render = ({ folder }: Rendered, set: string) => {
  const values = valuesOf(folder, 'dev').flatMap(file => ['--values', file]);
  const args = ['template', 'order-dev', join(folder, 'chart'), ...values, '--set', set];
  return spawnSync('helm', args, { encoding: 'utf8' });
};

export const goodValues = () =>
  listOf<{ set: string; objects: ExpectedObject[] }>('goodValues.yaml');

/** Helm takes the value, and the objects hold what it is there for. */
export function assertValueTaken(
  rendered: Rendered,
  { set, objects }: { set: string; objects: ExpectedObject[] },
): void {
  const { stdout, stderr } = render(rendered, set);
  assert.equal(stderr, '');
  assertObjects(stdout, objects);
}

/** Helm refuses the value, and its message names what is wrong. */
export function assertValueRefused(
  rendered: Rendered,
  { set, names }: { set: string; names: string[] },
): void {
  const { status, stderr } = render(rendered, set);
  assert.notEqual(status, 0, 'it renders');
  for (const name of names)
    assert(stderr.includes(name), `the message does not name ${name}: ${stderr}`);
}

export const badReleases = () =>
  listOf<Record<string, unknown> & { names: string[] }>('badReleases.yaml');

/** The form takes the answers, but no release can be made of them: the portal's check stops there. */
export async function assertReleaseRefused(
  good: TemplateCase,
  { names, ...wrong }: Record<string, unknown> & { names: string[] },
  folder: string,
) {
  const testCase = { ...good, answers: { ...good.answers, ...wrong } };
  await assert.rejects(renderCase(testCase, folder), (error: Error) => {
    for (const name of names)
      assert(error.message.includes(name), `the message does not name ${name}: ${error.message}`);
    return true;
  });
}

export const badAnswers = () =>
  listOf<Record<string, unknown> & { names: string }>('badAnswers.yaml');

/** The form refuses the answer, and names the field. */
export async function assertAnswerRefused(
  good: TemplateCase,
  { names, ...wrong }: Record<string, unknown> & { names: string },
) {
  const template = await readTemplate(templateDir);
  assert.throws(
    () => completeAnswers(template, { ...good.answers, ...wrong }),
    (error: Error) => error.message.includes(names),
    `${JSON.stringify(wrong)} is accepted`,
  );
}
