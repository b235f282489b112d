import { resolve } from 'node:path';
import { buildGraph, type Coverage, type Kind, type KubeObject } from '@waymark/kube-graph';
import { judge, type Verdict } from '@waymark/health';
import { readManifests } from '@waymark/template-kit';
import { type Command, Option } from 'commander';
import { docsBaseOption } from '../docsBaseOption';
import { EXIT } from '../exitCodes';
import { formatVerdicts } from '../formatVerdicts';
import type { Streams } from '../Streams';
import { parseTime } from './check';

interface HealthOptions {
  output: 'text' | 'json';
  now?: Date;
  complete?: boolean;
  docsBase?: string;
}

/** `waymark health`: the verdicts of the catalog page for what `kubectl get … -o yaml` prints. */
export function addHealthCommand(program: Command, streams: Streams) {
  program
    .command('health')
    .description('judge live objects as kubectl get -o yaml|json prints them')
    .argument('<path>', 'YAML or JSON file, folder of such files, or - for standard input')
    .addOption(
      new Option('-o, --output <format>', 'form of the report')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addOption(
      new Option('--now <time>', 'time at which the objects were recorded (RFC 3339)').argParser(
        parseTime,
      ),
    )
    .addOption(docsBaseOption())
    .option('--complete', 'every kind was asked for: what is not here does not exist')
    .addHelpText(
      'after',
      '\nExample:\n  kubectl -n shop get deploy,rs,pod,svc,endpointslices,hpa,pdb,events -o yaml | waymark health -',
    )
    .action(async (path: string, options: HealthOptions) => {
      const { objects } = await readManifests(
        path === '-' ? path : resolve(streams.folder, path),
        streams.stdin,
      );
      const verdicts = judgeAll(objects, options.now ?? streams.now(), options.complete ?? false);
      streams.print(formatVerdicts(verdicts, options.output, options.docsBase));
      const bad = verdicts.some(({ status }) => status === 'degraded' || status === 'down');
      streams.exit(bad ? EXIT.failed : EXIT.ok);
    });
}

/** A kind that is not among the objects was not asked for: that none is there proves nothing, unless the caller says otherwise. */
function judgeAll(objects: readonly KubeObject[], now: Date, complete: boolean): Verdict[] {
  const kinds = new Set(objects.map(({ kind }) => kind));
  const coverage = (kind: Kind): Coverage => ({
    state: complete || kinds.has(kind) ? 'complete' : 'open',
  });
  const graph = buildGraph(objects, { coverage });
  return graph.workloads().map(workload => judge(workload, graph, now));
}
