import type { KubeObject } from '@waymark/kube-graph';
import type { Exemption } from './Report';

export const EXEMPTION_PREFIX = 'waymark.dev/ignore.';

/**
 * The exemption from a rule that an object carries: `reason; until=YYYY-MM-DD`. A reason is required, the end date is not.
 * An option that is not understood makes it invalid: a misspelt end must not last for ever.
 */
export function exemptionOf(
  rule: string,
  { metadata }: KubeObject,
  now: Date,
): Exemption | undefined {
  const text = metadata.annotations?.[`${EXEMPTION_PREFIX}${rule}`];
  if (text === undefined) return undefined;
  const cut = text.lastIndexOf(';');
  const [, option, value = ''] = /^\s*(\w+)\s*=(.*)$/.exec(text.slice(cut + 1)) ?? [];
  const reason = text.slice(0, option ? Math.max(cut, 0) : undefined).trim();
  if (!reason || reason.startsWith(';')) return { state: 'invalid', text };
  if (!option) return { state: 'active', reason };
  const until = value.trim();
  const end = /^\d{4}-\d{2}-\d{2}$/.test(until) ? Date.parse(`${until}T23:59:59.999Z`) : NaN;
  if (option !== 'until' || Number.isNaN(end)) return { state: 'invalid', text };
  return { state: end < now.getTime() ? 'expired' : 'active', reason, until };
}
