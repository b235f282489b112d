import type { Cause } from '../verdict/Verdict';
import { causeMessages, causeRemedies, messageKeyOf } from './causeMessages';

type Rendered = Pick<Cause, 'code' | 'args'>;

/** A cause in one sentence. An unknown code is shown as it is: a newer backend may know more causes. */
export const renderCause = (cause: Rendered) =>
  interpolate(causeMessages[messageKeyOf(cause)] ?? cause.code, cause);

/** What to do about it, if the cause is known. */
export const renderRemedy = (cause: Rendered) => {
  const remedy = causeRemedies[cause.code];
  return remedy && interpolate(remedy, cause);
};

const interpolate = (text: string, { args }: Rendered) =>
  text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
    name in args ? String(args[name]) : whole,
  );
