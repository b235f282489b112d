import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { InputError } from '@backstage/errors';

const run = promisify(execFile);

/** Helm's advice to whoever types its command; who reads this did not. */
const DEBUG_HINT = /^Use --debug flag to render out invalid YAML\s*$/m;

export interface RenderChartOptions {
  /** Folder that holds Chart.yaml. */
  readonly chart: string;
  readonly values?: readonly string[];
  readonly namespace?: string;
  readonly releaseName?: string;
  /** Default: `helm` on PATH. */
  readonly helm?: string;
}

/** The chart's manifests as Helm prints them. A chart that does not render is an InputError with Helm's own words. */
export async function renderChart(options: RenderChartOptions): Promise<string> {
  const {
    chart,
    values = [],
    namespace = 'default',
    releaseName = 'release',
    helm = 'helm',
  } = options;
  const folder = resolve(chart);
  if (!existsSync(join(folder, 'Chart.yaml')))
    throw new InputError(`${folder} is no chart: it has no Chart.yaml`);
  const args = [
    'template',
    releaseName,
    folder,
    '--namespace',
    namespace,
    ...values.flatMap(file => ['--values', resolve(file)]),
  ];
  try {
    const { stdout } = await run(helm, args, { maxBuffer: 256 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT')
      throw new InputError(
        'Helm 3 is needed to render a chart and is not on PATH: https://helm.sh/docs/intro/install/',
      );
    if (!stderr) throw new InputError('the chart does not render', error as Error);
    // Without the error of Node as its cause: that is the whole command, and the same words again.
    throw new InputError(`the chart does not render: ${stderr.replace(DEBUG_HINT, '').trim()}`);
  }
}
