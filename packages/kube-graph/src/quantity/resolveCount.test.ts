import { resolveCount } from './resolveCount';

it.each([
  [1, 10, 1, 1],
  [0, 10, 0, 0],
  ['3', 10, 3, 3],
  ['25%', 1, 1, 0],
  ['25%', 4, 1, 1],
  ['25%', 10, 3, 2],
  ['99%', 3, 3, 2],
  ['100%', 7, 7, 7],
  ['0%', 7, 0, 0],
  ['50%', 0, 0, 0],
  // 29 % of 100 is 29, though 0.29 * 100 is not.
  ['29%', 100, 29, 29],
])('%j of %d pods is %d up and %d down', (value, total, up, down) => {
  expect(resolveCount(value, total, 'up')).toBe(up);
  expect(resolveCount(value, total, 'down')).toBe(down);
});

it.each([undefined, '', 'half', '-1', '1.5%', '%'])('%j is no count', value =>
  expect(resolveCount(value, 10, 'up')).toBeUndefined(),
);
