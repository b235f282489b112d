import type { LabelSelector } from '../objects';
import { labelKey, labelKeysOf, requiredLabels } from './requiredLabels';

it.each<[LabelSelector, ReturnType<typeof requiredLabels>]>([
  [{ matchLabels: { app: 'web', tier: 'front' } }, [['app', 'web']]],
  [
    {
      matchLabels: {},
      matchExpressions: [
        { key: 'zone', operator: 'NotIn', values: ['a'] },
        { key: 'app', operator: 'In', values: ['web', 'cart'] },
      ],
    },
    [
      ['app', 'web'],
      ['app', 'cart'],
    ],
  ],
  // Nothing is selected, and nothing has to be looked at.
  [{ matchExpressions: [{ key: 'app', operator: 'In' }] }, []],
  [{ matchExpressions: [{ key: 'app', operator: 'Exists' }] }, undefined],
  [{}, undefined],
])('%j requires one of %j', (selector, pairs) => {
  expect(requiredLabels(selector)).toEqual(pairs);
  expect(labelKeysOf(selector)).toEqual(pairs?.map(pair => labelKey(...pair)));
});
