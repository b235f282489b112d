import type { Args, Finding, Rule } from '../engine';

/** A finding in one sentence, from the rule's own messages. */
export function renderFinding(
  { code, args }: Pick<Finding, 'code' | 'args'>,
  { messages }: Pick<Rule, 'messages'>,
) {
  return interpolate(messages[code] ?? code, args);
}

const interpolate = (text: string, args: Args) =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name) => (name in args ? String(args[name]) : whole));
