import type { Pod } from '@waymark/kube-graph';
import { earliest } from '../pods/podState';
import type { Args, Evidence } from '../verdict/Verdict';
import type { Detected } from './Detector';

/** One pod that shows a cause. */
export interface PodFinding<Code extends string> {
  readonly pod: Pod;
  readonly code: Code;
  /** The same for every pod with the same fault, whatever the moment: no pod names, no counters. */
  readonly args: Args;
  /** Arguments that differ from pod to pod; the sentence shows those of the first pod. */
  readonly details?: Args;
  readonly evidence: readonly Evidence[];
  readonly command?: string;
  readonly at?: string;
  readonly status: 'progressing' | 'degraded';
}

const MOST_EVIDENCE = 4;

/** N pods with one fault are one cause. The fault that more pods show comes first. */
export function collapse<Code extends string>(
  findings: Iterable<PodFinding<Code>>,
  of: number,
): Detected<Code>[] {
  const groups = new Map<string, PodFinding<Code>[]>();
  for (const finding of findings) {
    const key = `${finding.code} ${JSON.stringify(finding.args)}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()]
    .map(group => summary(group, of))
    .sort((a, b) => b.cause.affected!.pods - a.cause.affected!.pods);
}

function summary<Code extends string>(group: readonly PodFinding<Code>[], of: number) {
  const [first] = group;
  const pods = new Set(group.map(({ pod }) => pod.metadata.name)).size;
  const affected = { pods, of: Math.max(pods, of) };
  const at = earliest(...group.map(finding => finding.at));
  return {
    status: group.some(({ status }) => status === 'degraded') ? 'degraded' : 'progressing',
    cause: {
      code: first.code,
      args: { ...first.args, ...first.details, ...affected },
      evidence: group.flatMap(({ evidence }) => evidence).slice(0, MOST_EVIDENCE),
      ...(first.command && { command: first.command }),
      ...(at && { at }),
      affected,
    },
  } satisfies Detected<Code>;
}
