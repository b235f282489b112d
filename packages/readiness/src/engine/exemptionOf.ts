import type { KubeObject } from '@waymark/kube-graph';
import type { Exemption } from './Report';

export const EXEMPTION_PREFIX = 'waymark.dev/ignore.';

/** The exemption from a rule that an object carries: `reason; until=YYYY-MM-DD`. A reason is required, the end date is not. */
export function exemptionOf(
  rule: string,
  { metadata }: KubeObject,
  now: Date,
): Exemption | undefined {
  const text = metadata.annotations?.[`${EXEMPTION_PREFIX}${rule}`];
  if (text === undefined) return undefined;
  const [reason, ...options] = text.split(';').map(part => part.trim());
  const until = options.find(option => option.startsWith('until='))?.slice('until='.length);
  const end =
    until && /^\d{4}-\d{2}-\d{2}$/.test(until) ? Date.parse(`${until}T23:59:59.999Z`) : NaN;
  if (!reason || (until && Number.isNaN(end))) return { state: 'invalid', text };
  if (until && end < now.getTime()) return { state: 'expired', reason, until };
  return { state: 'active', reason, ...(until && { until }) };
}
