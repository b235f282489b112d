import { parseSchedule, type Schedule } from './parseSchedule';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** February 29th comes back after eight years at most. */
const LONGEST_GAP_DAYS = 366 * 8;

export type NextRun =
  | { readonly state: 'at'; readonly time: Date }
  /** The schedule names no time that comes, such as February 30th. */
  | { readonly state: 'never' }
  /** Not a cron schedule with fixed times. */
  | { readonly state: 'schedule-unreadable' }
  | { readonly state: 'time-zone-unknown' };

/** The first time after another at which a schedule asks for a run, in its time zone. */
export function nextRun(text: string, timeZone: string, after: Date): NextRun {
  const schedule = parseSchedule(text);
  if (!schedule) return { state: 'schedule-unreadable' };
  const clock = wallClock(timeZone);
  if (!clock) return { state: 'time-zone-unknown' };
  const local = clock(after.getTime());
  const today = Math.floor(local / DAY) * DAY;
  for (let ahead = 0; ahead < LONGEST_GAP_DAYS; ahead += 1) {
    const day = today + ahead * DAY;
    if (!runsOn(schedule, new Date(day))) continue;
    for (const minutes of minutesOf(schedule)) {
      const time = instantOf(day + minutes * MINUTE, clock);
      if (time > after.getTime()) return { state: 'at', time: new Date(time) };
    }
  }
  return { state: 'never' };
}

function runsOn({ months, days, weekdays, eitherDay }: Schedule, day: Date): boolean {
  if (!months.has(day.getUTCMonth() + 1)) return false;
  const byDay = days.has(day.getUTCDate());
  const byWeekday = weekdays.has(day.getUTCDay());
  return eitherDay ? byDay || byWeekday : byDay && byWeekday;
}

/** The runs of a day in minutes after midnight, in their order. */
const minutesOf = ({ hours, minutes }: Schedule): readonly number[] =>
  [...hours].flatMap(hour => [...minutes].map(minute => hour * 60 + minute)).sort((a, b) => a - b);

type WallClock = (instant: number) => number;

/** Instants to wall time, the latter as if it were UTC. */
function wallClock(timeZone: string): WallClock | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    return instant => {
      const parts = Object.fromEntries(
        format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
      );
      const { year, month, day, hour, minute, second } = parts;
      return Date.UTC(year, month - 1, day, hour, minute, second);
    };
  } catch {
    // RangeError: the runtime does not know the zone.
    return undefined;
  }
}

/** Twice, because the offset at the first guess may be that of the other side of a clock change. */
function instantOf(wall: number, clock: WallClock): number {
  const guess = wall - (clock(wall) - wall);
  return wall - (clock(guess) - guess);
}
