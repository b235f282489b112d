import { matchesLabels } from './matchesLabels';
import { parseSelector } from './parseSelector';

it.each([
  ['app=web', { app: 'web' }, true],
  ['app==web', { app: 'db' }, false],
  ['app!=web', {}, true],
  ['app in (web, db),tier', { app: 'db', tier: '' }, true],
  ['app notin (web,db)', { app: 'web' }, false],
  ['!legacy', { legacy: 'x' }, false],
  ['app.kubernetes.io/name=web,!legacy', { 'app.kubernetes.io/name': 'web' }, true],
])('%s on %j', (text, labels, expected) => {
  expect(matchesLabels(parseSelector(text), labels as Record<string, string>)).toBe(expected);
});

it.each(['', 'a=b=c', 'a in b', '=x', 'a in (b', '; rm'])('refuses %j', text => {
  expect(parseSelector(text)).toBeUndefined();
});
