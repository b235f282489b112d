import { parseQuantity } from './parseQuantity';

it.each([
  ['1', 1],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['5.', 5],
  ['+3', 3],
  ['-3', -3],
  ['700m', 0.7],
  ['1500m', 1.5],
  ['250u', 0.00025],
  ['100n', 1e-7],
  ['1k', 1000],
  ['128Mi', 134217728],
  ['1.5Gi', 1610612736],
  ['1G', 1e9],
  ['1e3', 1000],
  ['1E3', 1000],
  ['12e-1', 1.2],
  ['1E', 1e18],
  ['2Ei', 2 ** 61],
  [4, 4],
])('%j is %d', (text, amount) => expect(parseQuantity(text)).toBe(amount));

it.each([undefined, '', 'lots', 'Mi', '1 Gi', '1gi', '1KB', '1K', '1e3Mi', '1.2.3', '0x10', '5%'])(
  '%j is none',
  text => expect(parseQuantity(text)).toBeUndefined(),
);
