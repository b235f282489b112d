import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import type { HelmSource } from '../application/Application';
import { parseManifests } from './parseManifests';
import { SourceError } from './SourceError';

const run = promisify(execFile);
const MAX_OUTPUT = 64 * 1024 * 1024;
const TIMEOUT_MS = 60_000;

export interface Helm {
  /** Path or name of the program. */
  program: string;
  /** For Helm's own files. */
  home: string;
  kubeVersion: string;
  /** `apps/v1`, `apps/v1/Deployment`, … */
  apiVersions: () => readonly string[];
}

export interface Chart {
  folder: string;
  /** Root of the checkout: no values file may lie outside it. */
  root: string;
  /** Checkouts that `$name/…` in a list of values files refers to. */
  refs: ReadonlyMap<string, string>;
  releaseName: string;
  namespace: string;
  settings: HelmSource;
}

/** Runs `helm template` with the arguments that Argo CD gives it, and fails with Helm's own words. */
export async function renderChart(helm: Helm, chart: Chart): Promise<KubeObject[]> {
  const scratch = await mkdtemp(join(helm.home, 'values-'));
  try {
    const args = await argumentsFor(helm, chart, scratch);
    const capabilities = helm.apiVersions().flatMap(version => ['--api-versions', version]);
    const { stdout } = await run(
      helm.program,
      [...args, ...capabilities, ...crdArguments(chart.settings)],
      {
        cwd: chart.folder,
        maxBuffer: MAX_OUTPUT,
        timeout: TIMEOUT_MS,
        env: { PATH: process.env.PATH, HOME: helm.home },
      },
    ).catch(error => {
      throw failed(error, args, chart);
    });
    return parseManifests(stdout, 'helm template');
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function argumentsFor(helm: Helm, chart: Chart, scratch: string): Promise<string[]> {
  const { settings } = chart;
  const inline = settings.valuesObject
    ? JSON.stringify(settings.valuesObject)
    : settings.values || undefined;
  const inlineFile = join(scratch, 'values.yaml');
  if (inline) await writeFile(inlineFile, inline);
  return [
    ...['template', '.', '--name-template', chart.releaseName, '--namespace', chart.namespace],
    ...['--kube-version', helm.kubeVersion],
    ...(settings.parameters ?? []).flatMap(({ name, value = '', forceString }) => [
      forceString ? '--set-string' : '--set',
      `${name}=${escapeCommas(value)}`,
    ]),
    ...valuesFiles(chart).flatMap(file => ['--values', file]),
    ...(inline ? ['--values', inlineFile] : []),
  ];
}

const crdArguments = ({ skipCrds }: HelmSource): string[] => (skipCrds ? [] : ['--include-crds']);

/** `{…}` is Helm's own way to write a list: its commas stay. */
const escapeCommas = (value: string): string =>
  /^\{.*\}$/.test(value) ? value : value.replace(/(?<!\\),/g, '\\,');

function valuesFiles({ folder, root, refs, settings }: Chart): string[] {
  const files = (settings.valueFiles ?? []).map(name => {
    const [, ref, rest] = /^\$([^/]+)\/(.*)$/.exec(name) ?? [];
    const base = ref ? refs.get(ref) : root;
    if (!base) throw new SourceError(`unable to find "$${ref}" in the sources of the application`);
    const path = ref
      ? resolve(base, rest)
      : resolve(name.startsWith('/') ? root : folder, `./${name}`);
    if (!`${path}${sep}`.startsWith(`${base}${sep}`)) {
      throw new SourceError(`file '${name}' resolved to outside repository root`);
    }
    return path;
  });
  return settings.ignoreMissingValueFiles ? files.filter(existsSync) : files;
}

function failed(error: unknown, args: readonly string[], { root }: Chart): SourceError {
  const {
    code,
    stderr = '',
    message,
  } = error as {
    code?: unknown;
    stderr?: string;
    message: string;
  };
  if (code === 'ENOENT') return new SourceError('helm is not installed', error);
  const shown = args.map(arg =>
    arg.startsWith(root) ? join('<path to cached source>', relative(root, arg)) : arg,
  );
  const command = `helm ${shown.join(' ')} <api versions removed> --include-crds`;
  const words = (stderr.trim() || message).replaceAll(root, '<path to cached source>');
  return new SourceError(
    `failed to execute helm template command: failed to get command args to log: \`${command}\` failed exit status ${code}: ${words}`,
    error,
  );
}
