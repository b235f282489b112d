import { type Graph, isWorkload, refOf, type Workload } from '@waymark/kube-graph';
import type { Detected } from './causes/Detector';
import { detectors, lastResort } from './causes/detectors';
import { blockedDeletion, isStuck } from './causes/stuck-terminating/detector';
import { judgeOfKind } from './kinds/kinds';
import type { Subject } from './kinds/SubjectJudge';
import { isActive, isReady } from './pods/podState';
import { isBetweenCrashes } from './pods/relapses';
import { Clock } from './verdict/Clock';
import { ConsultedGraph } from './verdict/ConsultedGraph';
import { alone, type Standing } from './verdict/Standing';
import { type Cause, type Status, type Verdict, worstStatus } from './verdict/Verdict';

/**
 * How an object does, and why. The rules that hold for every kind come first (being deleted, not yet observed), then the
 * word of the object itself, then the detectors. Nothing is taken for granted that could not be read: a question that an
 * unreadable kind might have answered turns well and under way into unknown.
 */
export function judge(subject: Subject, graph: Graph, now: Date): Verdict {
  const clock = new Clock(now);
  const consulted = new ConsultedGraph(graph);
  const { standing, found } = examine(subject, consulted, clock, graph);
  const ranked = rank(found, subject);
  const gaps = consulted.gaps();
  const status = statusOf(standing, found, gaps.length > 0);
  const [cause, ...symptoms] = ranked;
  const since = cause?.at ?? standing.since;
  return {
    subject: refOf(subject),
    status,
    ...(since && { since }),
    ...(cause && { cause }),
    symptoms,
    gaps,
    ...(clock.recheckAt && { recheckAt: clock.recheckAt }),
  };
}

interface Examined {
  readonly standing: Standing;
  readonly found: readonly Detected[];
}

function examine(subject: Subject, graph: ConsultedGraph, clock: Clock, whole: Graph): Examined {
  const { deletionTimestamp } = subject.metadata;
  if (deletionTimestamp) {
    const stuck = isStuck(subject, clock);
    return {
      standing: alone('progressing', deletionTimestamp),
      found: stuck ? [{ status: 'degraded', cause: blockedDeletion(subject) }] : [],
    };
  }
  const kind = judgeOfKind(subject);
  const pods = isWorkload(subject) ? graph.podsOf(subject) : [];
  const statusOfOther = (workload: Workload) => {
    const other = judge(workload, whole, clock.now);
    clock.remind(other.recheckAt);
    return other.status;
  };
  const input = { subject, graph, clock, pods, statusOf: statusOfOther };
  const standing = observed(subject, kind.standing(input));
  if (!isWorkload(subject)) return { standing, found: [...(kind.faults?.(input) ?? [])] };
  // Nothing is asked of a workload that is scaled to zero.
  if (standing.status === 'suspended' && standing.desired === 0) return { standing, found: [] };
  const active = pods.filter(isActive);
  const question = { workload: subject, pods, active, standing, graph, clock };
  const found = detectors.flatMap(detector => [...detector.detect(question)]);
  const asked = found.length || standing.status === 'suspended' ? [] : lastResort.detect(question);
  const relapsing = active.filter(pod => isReady(pod) && isBetweenCrashes(pod, clock)).length;
  return {
    standing: { ...standing, ready: Math.max(0, standing.ready - relapsing) },
    found: [...found, ...asked].map(detected => confirmed(detected, standing)),
  };
}

/** Once the object itself says that it has failed, no cause needs its minimum duration any more. */
const confirmed = (detected: Detected, { status }: Standing): Detected =>
  status === 'degraded' && detected.status === 'progressing'
    ? { ...detected, status: 'degraded' }
    : detected;

/** A controller that has not seen the newest spec says nothing about it. Source: kstatus generic.go, Argo CD health.go. */
function observed(subject: Subject, standing: Standing): Standing {
  const { generation } = subject.metadata;
  const { observedGeneration } = (subject.status ?? {}) as { observedGeneration?: number };
  const behind =
    generation !== undefined && observedGeneration !== undefined && generation > observedGeneration;
  return behind ? { ...standing, status: 'progressing' } : standing;
}

/** Down is nothing ready while something is asked for, and a fault that stands long enough. */
function statusOf(
  { status, desired, ready }: Standing,
  found: readonly Detected[],
  gaps: boolean,
): Status {
  const statuses = found.map(detected => detected.status);
  // Held back on purpose is not on its way.
  const own = status === 'progressing' && statuses.includes('suspended') ? 'suspended' : status;
  const worst = worstStatus([own, ...statuses]) ?? own;
  if (worst === 'degraded') return ready === 0 && desired > 0 ? 'down' : 'degraded';
  return gaps ? 'unknown' : worst;
}

const MOST_SYMPTOMS = 5;

/** Alarms before what may pass, then the order of the detectors; each code once. */
function rank(found: readonly Detected[], subject: Subject): readonly Cause[] {
  const byCode = new Map<string, Cause>();
  for (const level of ['degraded', 'progressing', 'suspended'])
    for (const { status, cause } of found)
      if (status === level && !byCode.has(cause.code))
        byCode.set(cause.code, {
          ...cause,
          args: { workload: subject.metadata.name, ...cause.args },
        });
  return [...byCode.values()].slice(0, MOST_SYMPTOMS + 1);
}
