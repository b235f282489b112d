import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import globby from 'globby';
import { dump } from 'js-yaml';
import { minimatch } from 'minimatch';
import type { Answers } from '../template/Template';
import { STAMP_FILE, type FileClass, type FileClasses, type Stamp } from './Stamp';

export interface StampOptions {
  readonly workspace: string;
  readonly template: string;
  readonly classes: FileClasses;
  readonly answers: Answers;
  readonly commit?: string;
}

/**
 * Writes down what a service was made from: template, version, commit, answers, and every file with its class and digest.
 * Owned files are left out, nobody compares them again.
 */
export async function stampWorkspace({
  workspace,
  template,
  classes,
  answers,
  commit,
}: StampOptions): Promise<Stamp> {
  const paths = await globby('**/*', {
    cwd: workspace,
    dot: true,
    ignore: ['.git/**', STAMP_FILE],
  });
  const classified = paths.sort().map(path => ({ path, class: classOf(path, classes) }));
  const files = await Promise.all(
    classified
      .filter(file => file.class !== 'owned')
      .map(async file => ({ ...file, sha256: await digestOf(join(workspace, file.path)) })),
  );
  const stamp: Stamp = {
    apiVersion: 'waymark.dev/v1',
    template: { name: template, version: classes.version, ...(commit && { commit }) },
    answers: { ...answers },
    files,
  };
  const header =
    '# Written by Waymark. Upgrades and drift are computed from it: keep it, and do not edit it.\n';
  await writeFile(
    join(workspace, STAMP_FILE),
    header + dump(stamp, { lineWidth: 120, noRefs: true, sortKeys: false }),
  );
  return stamp;
}

function classOf(path: string, { files }: FileClasses): FileClass {
  return files.find(({ glob }) => minimatch(path, glob, { dot: true }))?.class ?? 'owned';
}

const digestOf = async (file: string) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
