import { formatAge } from './formatAge';
import { useNow } from './useNow';

export interface AgeProps {
  /** RFC 3339 */
  readonly since: string;
}

/** "13 min ago", with the exact time in the viewer's zone on hover. Ticks by itself. */
export const Age = ({ since }: AgeProps) => {
  const now = useNow();
  const time = new Date(since);
  return (
    <time
      dateTime={since}
      title={time.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'long' })}
    >
      {formatAge(time, now)}
    </time>
  );
};
