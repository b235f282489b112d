import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { renderTemplate } from '@waymark/template-kit';
import { filesOf } from '../filesOf';
import type { Portal } from '../portal/Portal';
import type { TemplateCase } from '../TemplateCase';

const run = promisify(execFile);

/** The repository that a task of the portal pushes holds what `waymark template render` writes, byte for byte. */
export async function assertPortalWritesTheSame(
  portal: Portal,
  testCase: TemplateCase,
  folder: string,
): Promise<string> {
  const answers = { ...testCase.answers, ...portal.place };
  const rendered = join(folder, 'rendered');
  const pushed = join(folder, 'pushed');
  const templateDir = join(portal.templates, 'node-service');
  await renderTemplate({ templateDir, answers, outDir: rendered });
  const repository = await portal.create(answers);
  // Not synchronously: the Git host is in this process.
  await run('git', ['clone', '--quiet', repository, pushed]);

  const files = filesOf(rendered);
  assert.deepEqual(
    filesOf(pushed).filter(file => !file.startsWith('.git/')),
    files,
  );
  const differing = files.filter(
    file => !readFileSync(join(rendered, file)).equals(readFileSync(join(pushed, file))),
  );
  assert.deepEqual(differing, []);
  const notExecutableAlike = files.filter(
    file => isExecutable(join(rendered, file)) !== isExecutable(join(pushed, file)),
  );
  assert.deepEqual(notExecutableAlike, []);
  return `${files.length} files`;
}

const isExecutable = (file: string) => (statSync(file).mode & 0o100) !== 0;
