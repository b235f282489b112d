/** The five fields of a cron schedule as sets of allowed numbers; Sunday is 0. */
export interface Schedule {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** When both are restricted, one of the two is enough. */
  readonly eitherDay: boolean;
}

/** Source: https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax */
const MACROS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

const MONTHS = [
  '',
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Undefined for what is no cron schedule, `@every 5m` included: it has no fixed times that could be missed. */
export function parseSchedule(text: string): Schedule | undefined {
  const fields = (MACROS[text.trim().toLowerCase()] ?? text).trim().split(/\s+/);
  if (fields.length !== 5) return undefined;
  const minutes = parseField(fields[0], 0, 59);
  const hours = parseField(fields[1], 0, 23);
  const days = parseField(fields[2], 1, 31);
  const months = parseField(fields[3], 1, 12, MONTHS);
  const weekdays = parseField(fields[4], 0, 7, WEEKDAYS);
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  if (weekdays.has(7)) weekdays.add(0);
  const eitherDay = ![fields[2], fields[4]].some(field => /^[*?]/.test(field));
  return { minutes, hours, days, months, weekdays, eitherDay };
}

function parseField(field: string, min: number, max: number, names: readonly string[] = []) {
  const allowed = new Set<number>();
  for (const part of field.toLowerCase().split(',')) {
    const [range, step = '1', ...rest] = part.split('/');
    const [from, to = part.includes('/') ? `${max}` : from] = range.split('-');
    const open = range === '*' || range === '?';
    const first = open ? min : numberOf(from, names);
    const last = open ? max : numberOf(to, names);
    const stride = Number(step);
    const valid =
      !rest.length &&
      first >= min &&
      last <= max &&
      first <= last &&
      Number.isInteger(stride) &&
      stride > 0;
    if (!valid) return undefined;
    for (let value = first; value <= last; value += stride) allowed.add(value);
  }
  return allowed;
}

function numberOf(text: string, names: readonly string[]): number {
  const named = names.indexOf(text);
  if (named >= 0 && text) return named;
  return /^\d+$/.test(text) ? Number(text) : NaN;
}
