import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commitOf } from '../stamp/commitOf';
import { readFileClasses } from '../stamp/readFileClasses';
import { FILE_CLASSES_FILE } from '../stamp/Stamp';
import { stampWorkspace } from '../stamp/stampWorkspace';
import type { LocalStep } from './LocalStep';

/** `waymark:stamp` */
export const stamp: LocalStep = async ({ template, workspace, input }) => {
  const answers = (input.answers ?? {}) as Record<string, unknown>;
  const classes = readFileClasses(await readFile(join(template.dir, FILE_CLASSES_FILE), 'utf8'));
  await stampWorkspace({
    workspace,
    template: template.name,
    classes,
    answers,
    commit: await commitOf(template.dir),
  });
  return { version: classes.version, answers };
};
