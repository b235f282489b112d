import { renderCause } from '@waymark/health';
import { renderFinding, rules } from '@waymark/readiness';
import type {
  EntityHealth,
  WireFinding,
  WorkloadHealth,
} from '@waymark/backstage-plugin-workload-health-common';

/** An agent's context is dear: everything that helps, and never more than this. */
export const BRIEF_BYTES = 2_000;

const SENTENCE = 240;

/** What an agent needs to know of an entity's health, worst first, in sentences. */
export interface Brief {
  readonly entityRef: string;
  readonly status: NonNullable<EntityHealth['status']> | 'no workloads found';
  readonly foundBy: string;
  readonly workloads: readonly {
    readonly workload: string;
    readonly status: WorkloadHealth['status'];
    readonly since: string;
    readonly ready: string;
    readonly cause?: string;
    readonly command?: string;
    readonly changedBefore?: string;
  }[];
  /** Clusters that are not up to date, with the reason. */
  readonly clusters: readonly string[];
  readonly readiness: { readonly gate: string; readonly findings: readonly string[] };
  /** Left out to stay short. */
  readonly omitted: { readonly workloads: number; readonly findings: number };
}

/** As much as fits: findings give way first, then the workloads that do best. */
export function briefOf(health: EntityHealth, limit = BRIEF_BYTES): Brief {
  let findings = Math.min(health.readiness.findings.length, 5);
  let workloads = Math.min(health.workloads.length, 8);
  let brief = briefWith(health, workloads, findings);
  while (Buffer.byteLength(JSON.stringify(brief)) > limit && findings + workloads > 0) {
    if (findings > 0) findings -= 1;
    else workloads -= 1;
    brief = briefWith(health, workloads, findings);
  }
  return brief;
}

function briefWith(health: EntityHealth, workloads: number, findings: number): Brief {
  const { entityRef, status, mapping, readiness } = health;
  return {
    entityRef,
    status: status ?? 'no workloads found',
    foundBy: shortened(`${mapping.by}: ${mapping.selectors.join('; ')}`),
    workloads: health.workloads.slice(0, workloads).map(briefWorkload),
    clusters: health.clusters
      .filter(({ state }) => state !== 'live')
      .slice(0, 3)
      .map(({ name, state, message, nextStep, lastContact = 'never' }) =>
        shortened(
          [`${name} is ${state}, last heard of ${lastContact}`, message, nextStep]
            .filter(Boolean)
            .join('. '),
        ),
      ),
    readiness: {
      gate: readiness.gate,
      findings: readiness.findings.slice(0, findings).map(briefFinding),
    },
    omitted: {
      workloads: health.workloads.length - workloads,
      findings: readiness.total - findings,
    },
  };
}

function briefWorkload(health: WorkloadHealth): Brief['workloads'][number] {
  const { workload, cluster, status, since, facts, cause, changedBefore } = health;
  const place = [cluster, workload.namespace].filter(Boolean).join('/');
  return {
    workload: `${workload.kind}/${workload.name} in ${place}`,
    status,
    since,
    ready: `${facts.replicas.ready} of ${facts.replicas.desired}`,
    ...(cause && { cause: shortened(renderCause(cause)) }),
    ...(cause?.command && { command: shortened(cause.command) }),
    ...(changedBefore && { changedBefore: shortened(briefChange(changedBefore)) }),
  };
}

function briefChange(change: NonNullable<WorkloadHealth['changedBefore']>) {
  const { at, revision, images, configuration = [] } = change;
  const changes = [
    ...(revision ? [`revision ${revision.from ?? '?'} to ${revision.to}`] : []),
    ...images.map(({ container, from, to }) => `${container}: ${from ?? 'new'} to ${to}`),
    ...(configuration.length ? [`configuration (${configuration.join(', ')})`] : []),
  ];
  return `${at} ${changes.join(', ')}`;
}

function briefFinding(finding: WireFinding): string {
  const rule = rules.find(({ id }) => id === finding.rule);
  const sentence = rule ? renderFinding(finding, rule) : finding.code;
  return shortened(`${finding.severity} ${finding.rule}: ${sentence}`);
}

const shortened = (text: string) =>
  text.length > SENTENCE ? `${text.slice(0, SENTENCE - 1)}…` : text;
