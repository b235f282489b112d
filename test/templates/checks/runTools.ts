import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Skipped } from '../Tally';
import { valuesOf, type Environment, type Rendered } from '../TemplateCase';
import { goTool } from '../tools/goTool';
import { kubernetesSchemas } from '../tools/kubernetesSchemas';

/** Runs a program to its end; a failure carries everything that it said. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; input?: string } = {},
): string {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    ...options,
    encoding: 'utf8',
    maxBuffer: 64e6,
  });
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  if (code === 'ENOENT') throw new Skipped(`${program} is not installed`);
  if (error) throw error;
  assert.equal(status, 0, `${program} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

export function lintChart({ folder }: Rendered, environment: Environment): void {
  run('helm', [
    'lint',
    '--strict',
    '--quiet',
    join(folder, 'chart'),
    ...valuesOf(folder, environment).flatMap(file => ['--values', file]),
  ]);
}

/** The API server's own schemas, strictly: a field that it would drop is an error here. */
export async function validateSchemas({ manifests }: Rendered): Promise<string> {
  const [kubeconform, schemas] = [await goTool('kubeconform'), await kubernetesSchemas()];
  if (!kubeconform || !schemas)
    throw new Skipped('no Go, or its modules cannot be fetched: no schemas to compare with');
  const location = join(schemas, '{{ .ResourceKind }}{{ .KindSuffix }}.json');
  // The Secrets Store CSI driver publishes its definition nowhere that a module proxy reaches.
  const args = [
    '-strict',
    '-summary',
    '-schema-location',
    location,
    '-skip',
    'SecretProviderClass',
    '-',
  ];
  return run(kubeconform, args, { input: `${manifests.dev}\n---\n${manifests.prod}` })
    .trim()
    .replace('Summary: ', '')
    .replace('found parsing stdin - ', '');
}

export async function lintWorkflows({ folder }: Rendered): Promise<void> {
  const actionlint = await goTool('actionlint');
  if (!actionlint) throw new Skipped('no Go to build actionlint with');
  run(actionlint, ['.github/workflows/ci.yaml'], { cwd: folder });
}

/** Form and syntax; what the provider thinks of it is not asked, it cannot be fetched everywhere. */
export function formatTerraform({ folder }: Rendered): void {
  run('terraform', ['fmt', '-check', '-diff', '-recursive', join(folder, 'terraform')]);
}
