import type { LabelSelector, LabelSelectorRequirement } from '../objects';
import { formatSelector, matchesLabels } from './matchesLabels';

const labels = { app: 'web', tier: 'front' };

describe('matchesLabels', () => {
  it.each<[string, LabelSelector | undefined, boolean]>([
    ['absent selects nothing', undefined, false],
    ['empty selects everything', {}, true],
    ['empty maps select everything', { matchLabels: {}, matchExpressions: [] }, true],
    ['one pair', { matchLabels: { app: 'web' } }, true],
    ['every pair has to hold', { matchLabels: { app: 'web', tier: 'back' } }, false],
    ['a label that is not there', { matchLabels: { zone: 'a' } }, false],
    [
      'pairs and expressions hold together',
      {
        matchLabels: { app: 'web' },
        matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }],
      },
      false,
    ],
  ])('%s', (_, selector, expected) => expect(matchesLabels(selector, labels)).toBe(expected));

  it.each<[LabelSelectorRequirement, boolean]>([
    [{ key: 'app', operator: 'In', values: ['web', 'cart'] }, true],
    [{ key: 'app', operator: 'In', values: [] }, false],
    [{ key: 'zone', operator: 'In', values: ['a'] }, false],
    [{ key: 'app', operator: 'NotIn', values: ['web'] }, false],
    [{ key: 'zone', operator: 'NotIn', values: ['a'] }, true],
    [{ key: 'app', operator: 'Exists' }, true],
    [{ key: 'zone', operator: 'Exists' }, false],
    [{ key: 'app', operator: 'DoesNotExist' }, false],
    [{ key: 'zone', operator: 'DoesNotExist' }, true],
    // No label of that name, whatever every object inherits.
    [{ key: 'constructor', operator: 'Exists' }, false],
    [{ key: 'app', operator: 'Like' as 'In', values: ['web'] }, false],
  ])('%j is %s', (requirement, expected) =>
    expect(matchesLabels({ matchExpressions: [requirement] }, labels)).toBe(expected),
  );
});

it.each<[Parameters<typeof formatSelector>[0], string]>([
  [undefined, ''],
  [{}, ''],
  [{ app: 'web', tier: 'front' }, 'app=web,tier=front'],
  [
    {
      matchLabels: { app: 'web' },
      matchExpressions: [
        { key: 'tier', operator: 'In', values: ['front', 'edge'] },
        { key: 'zone', operator: 'NotIn', values: ['a'] },
        { key: 'canary', operator: 'Exists' },
        { key: 'legacy', operator: 'DoesNotExist' },
      ],
    },
    'app=web,tier in (front,edge),zone notin (a),canary,!legacy',
  ],
])('%j reads %j', (selector, text) => expect(formatSelector(selector)).toBe(text));
