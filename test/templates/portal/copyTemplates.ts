import { execFileSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { templates } from '../TemplateCase';

/**
 * The templates in a Git repository of their own, and the folder they lie in: the stamp records the commit, and that of
 * the checkout may move while a test runs.
 */
export function copyTemplates(folder: string): string {
  const copy = join(folder, 'templates');
  cpSync(templates, copy, { recursive: true, filter: path => !path.includes('node_modules') });
  const git = (...args: string[]) => execFileSync('git', ['-C', copy, ...args]);
  const author = ['-c', 'user.name=Waymark', '-c', 'user.email=waymark@example.invalid'];
  git('init', '--quiet');
  git('add', '--all');
  git(...author, '-c', 'commit.gpgsign=false', 'commit', '--quiet', '--message', 'Templates');
  return copy;
}
