import { findNameProblem } from './findNameProblem';
import { suggestName } from './suggestName';

const LONGEST = 40;

it.each([
  { name: '', code: 'empty', found: '0' },
  { name: 'a'.repeat(41), code: 'tooLong', found: '41' },
  { name: '💥'.repeat(300), code: 'tooLong', found: '300' },
  { name: '../etc', code: 'path', found: '../', suggestion: 'etc' },
  { name: 'shop/cart', code: 'path', found: '/', suggestion: 'shop-cart' },
  { name: 'C:\\temp', code: 'path', found: '\\', suggestion: 'c-temp' },
  { name: "quo'ted", code: 'quotes', found: "'", suggestion: 'quoted' },
  { name: '"; rm “x”', code: 'quotes', found: '" “ ”', suggestion: 'rm-x' },
  { name: 'order history', code: 'space', suggestion: 'order-history' },
  { name: 'OrderHistory', code: 'capital', found: 'O H', suggestion: 'orderhistory' },
  { name: 'ÄPFEL', code: 'capital', found: 'Ä P F E L', suggestion: 'apfel' },
  { name: 'order_history.v2', code: 'separator', found: '_ .', suggestion: 'order-history-v2' },
  { name: 'grüße', code: 'foreign', found: 'ü ß', suggestion: 'grusse' },
  { name: 'boom💥', code: 'foreign', found: '💥', suggestion: 'boom' },
  { name: 'family👨‍👩‍👧', code: 'foreign', found: '👨‍👩‍👧', suggestion: 'family' },
  { name: '📦', code: 'foreign', found: '📦' },
  { name: '${{ secrets.TOKEN }}', code: 'space', suggestion: 'secrets-token' },
  { name: '1order', code: 'start', found: '1', suggestion: 'order' },
  { name: '-dash', code: 'start', found: '-', suggestion: 'dash' },
  { name: 'order-', code: 'end', found: '-', suggestion: 'order' },
])('says what is wrong with "$name"', ({ name, suggestion, ...problem }) => {
  expect(findNameProblem(name, LONGEST)).toMatchObject(problem);
  expect(suggestName(name, LONGEST)).toBe(suggestion);
});

it.each(['a', 'cart', 'order-history', 'v2', 'a--b', 'a'.repeat(40)])('takes %s', name => {
  expect(findNameProblem(name, LONGEST)).toBeUndefined();
});

it('accepts what the template does, and nothing else', () => {
  const pattern = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
  const alphabet = ['a', '1', '-', 'A', '.', ' ', 'ü'];
  const upTo = (length: number): string[] =>
    length ? upTo(length - 1).flatMap(text => [text, ...alphabet.map(c => text + c)]) : [''];
  for (const text of new Set(upTo(4)))
    expect([text, !findNameProblem(text, LONGEST)]).toEqual([text, pattern.test(text)]);
});
