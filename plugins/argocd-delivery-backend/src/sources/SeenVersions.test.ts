import { SeenVersions } from './SeenVersions';

describe('SeenVersions', () => {
  const seen = new SeenVersions();
  seen.takeEvent('known', 9n);
  seen.takeEvent('deleted', 9n);
  seen.beginList();
  seen.takeEvent('told', 10n);
  seen.takeEvent('unnumbered', undefined);
  seen.takeDeletion('deleted');

  it.each<[string, string, bigint | undefined, boolean]>([
    ['as old as what is known', 'known', 9n, true],
    ['older, and fewer digits do not make it newer', 'told', 9n, false],
    ['newer than the event', 'told', 11n, true],
    ['without a number, about what the stream just told', 'told', undefined, false],
    ['about an event without a number', 'unnumbered', 11n, false],
    ['without a number, about what the stream did not tell', 'known', undefined, true],
    ['about what was deleted meanwhile', 'deleted', 11n, false],
    ['about what nobody knows', 'new', 1n, true],
  ])('judges an answer that is %s', (_, id, version, taken) => {
    expect(seen.takeAnswer(id, version)).toBe(taken);
  });

  it('refuses an event that an answer was ahead of, and takes one after a deletion', () => {
    seen.takeAnswer('ahead', 20n);
    expect(seen.takeEvent('ahead', 19n)).toBe(false);
    expect(seen.takeEvent('ahead', 20n)).toBe(true);
    seen.takeDeletion('ahead');
    expect(seen.takeEvent('ahead', 3n)).toBe(true);
  });
});
