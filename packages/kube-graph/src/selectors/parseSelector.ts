import type { LabelSelector, LabelSelectorRequirement } from '../objects';

/**
 * A selector as kubectl's `-l` takes it: `app=web,tier in (a,b),!legacy`. Undefined when it is not one.
 * Source: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 */
export function parseSelector(text: string): LabelSelector | undefined {
  const parts = text.split(/,(?![^(]*\))/).map(part => part.trim());
  const requirements = parts.filter(Boolean).map(parseRequirement);
  if (!requirements.length || requirements.includes(undefined)) return undefined;
  return { matchExpressions: requirements as LabelSelectorRequirement[] };
}

function parseRequirement(part: string): LabelSelectorRequirement | undefined {
  const set = /^([\w./-]+)\s+(in|notin)\s*\(([^()]*)\)$/.exec(part);
  if (set) {
    const values = set[3].split(',').map(value => value.trim());
    return { key: set[1], operator: set[2] === 'in' ? 'In' : 'NotIn', values };
  }
  const equality = /^([\w./-]+)\s*(==?|!=)\s*([\w.-]*)$/.exec(part);
  if (equality) {
    return {
      key: equality[1],
      operator: equality[2] === '!=' ? 'NotIn' : 'In',
      values: [equality[3]],
    };
  }
  const presence = /^(!?)\s*([\w./-]+)$/.exec(part);
  if (!presence) return undefined;
  return { key: presence[2], operator: presence[1] ? 'DoesNotExist' : 'Exists' };
}
