import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { renderTemplate } from '@waymark/template-kit';
import { root } from '../../../suites/runProgram';
import { cacheDir } from '../../world/partCache';
import { registry } from '../../world/portalConfig';
import { answersFor, service } from './answers';

const run = promisify(execFile);
const templateDir = join(root, 'templates/node-service');

/** What a pod of the service executes, as its Dockerfile says. */
export const command = [process.execPath, '--import', './dist/telemetry.js', 'dist/main.js'];

/**
 * The generated service, installed and built as its Dockerfile does it: the image that a registry would hold. It needs
 * the network, so it is made before the world starts, and kept for as long as the skeleton stays the same.
 */
export async function buildService(): Promise<string> {
  const dir = join(cacheDir(), `service-${fingerprint()}`);
  if (existsSync(dir)) return dir;
  console.log('Generated service: npm ci and build, once (about 30 s)');
  const draft = `${dir}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  await renderTemplate({
    templateDir,
    answers: { ...answersFor(service.name), repoHost: 'git.example', repoOwner: 'shop', registry },
    outDir: draft,
  });
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: draft });
  await run('npm', ['run', 'build'], { cwd: draft });
  // Complete or absent: a build that is killed leaves only its draft.
  renameSync(draft, dir);
  return dir;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  const skeleton = join(templateDir, 'skeleton');
  for (const file of filesIn(skeleton))
    hash.update(file).update(readFileSync(join(skeleton, file)));
  return hash.digest('hex').slice(0, 16);
}

/** Relative paths of all files below a folder. */
export const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => relative(dir, join(entry.parentPath, entry.name)))
    .sort();
