import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commitOf } from '../stamp/commitOf';
import { readFileClasses } from '../stamp/readFileClasses';
import { FILE_CLASSES_FILE } from '../stamp/Stamp';
import { stampWorkspace } from '../stamp/stampWorkspace';
import type { LocalStep } from './LocalStep';

/** `waymark:stamp` */
export const stamp: LocalStep = async ({ template, workspace, input }) => {
  await stampWorkspace({
    workspace,
    template: template.name,
    classes: readFileClasses(await readFile(join(template.dir, FILE_CLASSES_FILE), 'utf8')),
    answers: (input.answers ?? {}) as Record<string, unknown>,
    commit: await commitOf(template.dir),
  });
};
