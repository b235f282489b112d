import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../../suites/runProgram';
import type { ExistingSystem } from './ExistingSystem';

/** The part of `report.schema.json` that the story reads. */
export interface CheckReport {
  readonly gate: 'pass' | 'fail' | 'unknown';
  readonly counts: Readonly<Record<'error' | 'warning' | 'advice' | 'pass' | 'unknown', number>>;
  readonly findings: readonly {
    readonly rule: string;
    readonly code: string;
    readonly subject: { readonly kind: string; readonly name: string };
  }[];
}

/** What `waymark check` says of the manifests on their own, as a pipeline runs it. */
export function checkSystem({ path, namespace }: ExistingSystem) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [
      ...['--require', require.resolve('@backstage/cli-node/config/nodeTransform.cjs')],
      ...[join(root, 'packages/cli/src/bin.ts'), 'check', path],
      ...['--namespace', namespace, '--output', 'json'],
    ],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (!stdout) throw new Error(`waymark check ended with ${status}: ${stderr}`);
  return { exitCode: status, report: JSON.parse(stdout) as CheckReport };
}
