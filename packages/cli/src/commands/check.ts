import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '@backstage/errors';
import {
  judgeRelease,
  type Manifests,
  parseManifests,
  readManifests,
  renderChart,
} from '@waymark/template-kit';
import { type Command, Option } from 'commander';
import { docsBaseOption } from '../docsBaseOption';
import { EXIT } from '../exitCodes';
import { FORMATS, type Format, formatReport } from '../formatReport';
import type { Streams } from '../Streams';

interface CheckOptions {
  values: string[];
  namespace: string;
  release: string;
  output: Format;
  open?: boolean;
  failOnUnknown?: boolean;
  docsBase?: string;
  now?: Date;
}

/** `waymark check`: what the pipeline of a generated service calls. */
export function addCheckCommand(program: Command, streams: Streams) {
  program
    .command('check')
    .description('judge a chart, a file, a folder or standard input (-) by the readiness rules')
    .argument('<path>', 'folder with Chart.yaml, YAML or JSON file, folder of such files, or -')
    .option('-f, --values <file...>', 'values files of the chart, later ones win', [])
    .option('-n, --namespace <name>', 'namespace of the release', 'default')
    .option('--release <name>', 'name of the release', 'release')
    .option('--open', 'more objects exist than these: the absence of one proves nothing')
    .option('--fail-on-unknown', 'exit 1 as well when an error rule could not be decided')
    .addOption(
      new Option('-o, --output <format>', 'form of the report').choices(FORMATS).default('text'),
    )
    .addOption(docsBaseOption())
    .addOption(
      new Option('--now <time>', 'judge as of this time (RFC 3339)')
        .argParser(parseTime)
        .hideHelp(),
    )
    .action(async (path: string, options: CheckOptions) => {
      const isChart = path !== '-' && existsSync(join(resolve(streams.folder, path), 'Chart.yaml'));
      if (options.values.length && !isChart)
        throw new InputError('--values belongs to a chart, and this path holds no Chart.yaml');
      const manifests = isChart
        ? await ofChart(path, options, streams)
        : await ofFiles(path, streams);
      const report = judgeRelease({
        objects: manifests.objects,
        namespace: options.namespace,
        closed: !options.open,
        now: options.now ?? streams.now(),
      });
      streams.print(
        formatReport(report, options.output, {
          sources: manifests.sources,
          folder: streams.folder,
          ...(options.docsBase !== undefined && { docs: options.docsBase }),
        }),
      );
      const failed = report.gate === 'fail' || (report.gate === 'unknown' && options.failOnUnknown);
      streams.exit(failed ? EXIT.failed : EXIT.ok);
    });
}

async function ofChart(
  path: string,
  { values, namespace, release }: CheckOptions,
  { folder }: Streams,
): Promise<Manifests> {
  const rendered = await renderChart({
    chart: resolve(folder, path),
    values: values.map(file => resolve(folder, file)),
    namespace,
    releaseName: release,
  });
  return parseManifests(rendered, `${path} (rendered)`);
}

const ofFiles = (path: string, { folder, stdin }: Streams) =>
  readManifests(path === '-' ? path : resolve(folder, path), stdin);

export function parseTime(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new InputError(`--now: ${text} is no time; write it like 2026-11-21T03:00:00Z`);
  return time;
}
