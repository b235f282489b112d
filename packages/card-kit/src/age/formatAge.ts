const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
];

/** In the viewer's language, in the largest unit that fits. A clock that runs ahead of the server's reads as now. */
export function formatAge(time: Date, now: Date, locale?: string): string {
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const seconds = Math.max(0, Math.round((now.getTime() - time.getTime()) / 1000));
  const [unit, size] = STEPS.find(([, step]) => seconds >= step) ?? STEPS[STEPS.length - 1];
  return format.format(-Math.floor(seconds / size), unit);
}
