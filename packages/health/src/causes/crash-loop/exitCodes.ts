import { budgetSeconds, earliestKillSeconds } from '../../pods/probes';
import type { Crash } from './crashes';

export type CrashCode =
  | 'crash-exit'
  | 'crash-init'
  | 'crash-returned'
  | 'crash-command-missing'
  | 'crash-command-refused'
  | 'crash-liveness'
  | 'crash-startup'
  | 'crash-killed'
  | 'crash-segfault'
  | 'crash-terminated'
  | 'crash-signal';

/** Exit codes with a meaning of their own; 128 + n is the end by signal n. Source: POSIX shell, readiness rule live-crashloop. */
export const exitCodes: Readonly<Record<number, CrashCode>> = {
  0: 'crash-returned',
  126: 'crash-command-refused',
  127: 'crash-command-missing',
  137: 'crash-killed',
  139: 'crash-segfault',
  143: 'crash-terminated',
};

/** Linux has 64 signals; 255 is "-1" of a program and no signal. */
export const isSignal = (exitCode: number) => exitCode > 128 && exitCode <= 128 + 64;

/** What a container ends with that the kubelet stops: it obeyed, was killed after the grace period, or did not handle the signal. */
const STOPPED = [0, 137, 143];

/**
 * Which probes may have stopped the container: it ended as a stopped container does, and lived long enough for the probe
 * to fail as often as it must. A startup probe stops asking once it has succeeded.
 */
export function possibleProbeKills({
  termination,
  view: { spec, pod },
}: Crash): readonly ('Startup' | 'Liveness')[] {
  const { exitCode, startedAt, finishedAt } = termination;
  if (!STOPPED.includes(exitCode) || !startedAt || !finishedAt) return [];
  // Times are whole seconds, so that a life may read one second short.
  const lived = (Date.parse(finishedAt) - Date.parse(startedAt)) / 1000 + 1;
  const grace = pod.spec?.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
  const { startupProbe: startup, livenessProbe: liveness } = spec ?? {};
  const byStartup =
    startup &&
    lived >= earliestKillSeconds(startup) &&
    lived <= budgetSeconds(startup) + (startup.periodSeconds ?? 0) + grace + 1;
  return [
    ...(byStartup ? (['Startup'] as const) : []),
    ...(liveness && lived >= earliestKillSeconds(liveness) ? (['Liveness'] as const) : []),
  ];
}

const DEFAULT_GRACE_SECONDS = 30;
