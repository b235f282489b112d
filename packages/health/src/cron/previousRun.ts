import { parseSchedule, type Schedule } from './parseSchedule';

const DAY = 86_400_000;
const MINUTE = 60_000;

/** February 29th comes back after eight years at most. */
const LONGEST_GAP_DAYS = 366 * 8;

export type PreviousRun =
  | { readonly state: 'at'; readonly time: Date }
  | { readonly state: 'never' }
  /** Neither a cron schedule nor a time zone that this runtime knows. */
  | { readonly state: 'unreadable' };

/** The last time before or at `now` at which a schedule asks for a run, in its time zone. */
export function previousRun(text: string, timeZone: string, now: Date): PreviousRun {
  const schedule = parseSchedule(text);
  const clock = schedule && wallClock(timeZone);
  if (!clock) return { state: 'unreadable' };
  const local = clock(now.getTime());
  const today = Math.floor(local / DAY) * DAY;
  for (let back = 0; back < LONGEST_GAP_DAYS; back += 1) {
    const day = today - back * DAY;
    if (!runsOn(schedule, new Date(day))) continue;
    const limit = back === 0 ? local - day : DAY;
    const minutes = latestMinute(schedule, Math.floor(limit / MINUTE));
    if (minutes === undefined) continue;
    return { state: 'at', time: new Date(instantOf(day + minutes * MINUTE, clock)) };
  }
  return { state: 'never' };
}

function runsOn({ months, days, weekdays, eitherDay }: Schedule, day: Date): boolean {
  if (!months.has(day.getUTCMonth() + 1)) return false;
  const byDay = days.has(day.getUTCDate());
  const byWeekday = weekdays.has(day.getUTCDay());
  return eitherDay ? byDay || byWeekday : byDay && byWeekday;
}

/** Minutes after midnight of the last run of a day at or before a limit. */
function latestMinute({ hours, minutes }: Schedule, limit: number): number | undefined {
  for (const hour of [...hours].sort((a, b) => b - a))
    for (const minute of [...minutes].sort((a, b) => b - a))
      if (hour * 60 + minute <= limit) return hour * 60 + minute;
  return undefined;
}

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
