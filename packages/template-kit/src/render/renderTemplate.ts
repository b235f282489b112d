import { mkdir, readdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import { localSteps } from '../steps/localSteps';
import { completeAnswers } from '../template/completeAnswers';
import { readTemplate } from '../template/readTemplate';
import type { Answers } from '../template/Template';
import { createRenderer } from './createRenderer';
import { holds, renderInput } from './renderInput';

export interface RenderTemplateOptions {
  /** Folder of `template.yaml`. */
  readonly templateDir: string;
  readonly answers: Answers;
  /** Empty or absent; what stands there is never overwritten. */
  readonly outDir: string;
}

export interface RenderedTemplate {
  readonly answers: Answers;
  /** Steps that were run, by id. */
  readonly ran: readonly string[];
  /** Steps that need a portal (publish, register and the like), by id. */
  readonly skipped: readonly string[];
}

/** Writes what the portal's task would write into a new repository: the same steps, engine and bytes. */
export async function renderTemplate({
  templateDir,
  answers,
  outDir,
}: RenderTemplateOptions): Promise<RenderedTemplate> {
  const workspace = resolve(outDir);
  await mkdir(workspace, { recursive: true });
  if ((await readdir(workspace)).length)
    throw new InputError(`${workspace} is not empty: name a new folder`);

  const template = await readTemplate(templateDir);
  const parameters = completeAnswers(template, answers);
  const renderer = createRenderer();
  const steps: Record<string, { output: Record<string, unknown> }> = {};
  const ran: string[] = [];
  const skipped: string[] = [];
  for (const step of template.steps) {
    const run = localSteps[step.action];
    const context = { parameters, steps, user: {} };
    if (!run) skipped.push(step.id);
    else if (holds(step, renderer, context)) {
      const output = await run({
        template,
        workspace,
        input: renderInput(step, renderer, context),
      });
      steps[step.id] = { output: output ?? {} };
      ran.push(step.id);
    }
  }
  return { answers: parameters, ran, skipped };
}
