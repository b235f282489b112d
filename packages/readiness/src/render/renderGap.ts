import type { Gap } from '../engine';

/** Why a rule could not decide, in one sentence. */
export function renderGap({ kind, coverage }: Gap): string {
  if (coverage.state === 'open') return `other ${kind} objects may exist outside of what was read`;
  const reason = {
    forbidden: 'may not be read',
    unreachable: 'could not be read',
    'not-listed': 'are not read',
  }[coverage.reason];
  return `${kind} objects ${reason}${coverage.message ? `: ${coverage.message}` : ''}`;
}
