import { nextRun } from './nextRun';

const next = (schedule: string, after: string, timeZone = 'Etc/UTC') => {
  const run = nextRun(schedule, timeZone, new Date(after));
  return run.state === 'at' ? run.time.toISOString() : run.state;
};

describe('nextRun', () => {
  it.each([
    ['* * * * *', '2026-11-21T10:00:00Z', '2026-11-21T10:01:00.000Z'],
    ['*/15 * * * *', '2026-11-21T10:50:01Z', '2026-11-21T11:00:00.000Z'],
    ['0 3 * * *', '2026-11-21T03:00:00Z', '2026-11-22T03:00:00.000Z'],
    ['@hourly', '2026-12-31T23:30:00Z', '2027-01-01T00:00:00.000Z'],
    ['30 6 * * mon-fri', '2026-11-20T07:00:00Z', '2026-11-23T06:30:00.000Z'],
    ['0 0 * * 7', '2026-11-21T10:00:00Z', '2026-11-22T00:00:00.000Z'],
    ['0 0 13 * 5', '2026-11-21T10:00:00Z', '2026-11-27T00:00:00.000Z'],
    ['0 0 29 feb *', '2026-11-21T10:00:00Z', '2028-02-29T00:00:00.000Z'],
    ['5-10/5,40 8 1 */6 ?', '2026-11-21T10:00:00Z', '2027-01-01T08:05:00.000Z'],
  ])('%s after %s', (schedule, after, expected) => {
    expect(next(schedule, after)).toBe(expected);
  });

  it.each([
    ['winter', '0 3 * * *', '2026-01-10T12:00:00Z', '2026-01-11T02:00:00.000Z'],
    ['summer', '0 3 * * *', '2026-07-10T12:00:00Z', '2026-07-11T01:00:00.000Z'],
    [
      'across the change to summer time',
      '0 4 * * *',
      '2026-03-28T12:00:00Z',
      '2026-03-29T02:00:00.000Z',
    ],
    [
      'across the change to winter time',
      '0 4 * * *',
      '2026-10-24T12:00:00Z',
      '2026-10-25T03:00:00.000Z',
    ],
  ])('in the time zone of the schedule, %s', (_, schedule, after, expected) => {
    expect(next(schedule, after, 'Europe/Berlin')).toBe(expected);
  });

  it.each([
    ['0 0 30 2 *', 'never'],
    ['@every 5m', 'schedule-unreadable'],
    ['61 * * * *', 'schedule-unreadable'],
    ['* * * *', 'schedule-unreadable'],
    ['*/0 * * * *', 'schedule-unreadable'],
  ])('%s: %s', (schedule, state) => {
    expect(next(schedule, '2026-11-21T10:00:00Z')).toBe(state);
  });

  it('knows that it does not know a time zone', () => {
    expect(next('* * * * *', '2026-11-21T10:00:00Z', 'Europe/Atlantis')).toBe('time-zone-unknown');
  });
});
