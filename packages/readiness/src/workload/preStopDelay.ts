import type { Container } from '@waymark/kube-graph';

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86400 };

/**
 * For how many seconds a container's preStop hook sleeps: `sleep.seconds`, or the `sleep` commands of an exec hook added up.
 * 0 for a hook that waits for something else, undefined without a hook.
 */
export function preStopDelay({ lifecycle }: Container): number | undefined {
  const hook = lifecycle?.preStop;
  if (!hook) return undefined;
  if (hook.sleep) return hook.sleep.seconds;
  const script = (hook.exec?.command ?? []).join(' ');
  return [...script.matchAll(/(?:^|[\s;&|(/"'])sleep\s+(\d+(?:\.\d+)?)([smhd]?)(?![\w.])/g)].reduce(
    (total, [, amount, unit]) => total + Number(amount) * SECONDS[unit],
    0,
  );
}
