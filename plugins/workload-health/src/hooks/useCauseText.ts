import { createTranslationRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  causeMessages,
  causeRemedies,
  messageKeyOf,
  type WireCause,
} from '@waymark/backstage-plugin-workload-health-common';

/** The sentences come from the package that finds the causes, so that page and command line say the same. */
export const causeTranslationRef = createTranslationRef({
  id: 'workload-health.causes',
  messages: causeMessages,
});
export const remedyTranslationRef = createTranslationRef({
  id: 'workload-health.remedies',
  messages: causeRemedies,
});

type Translate = (key: string, args: Record<string, string>) => string;
type Cause = Pick<WireCause, 'code' | 'args'>;

/** A cause as a sentence, and what to do about it. A code that is newer than this page is shown as it is. */
export function useCauseText() {
  const message = useTranslationRef(causeTranslationRef).t as Translate;
  const remedy = useTranslationRef(remedyTranslationRef).t as Translate;
  return {
    sentence: (cause: Cause): string => {
      const key = messageKeyOf(cause);
      return key in causeMessages ? message(key, textArgs(cause)) : cause.code;
    },
    remedy: (cause: Cause): string | undefined =>
      cause.code in causeRemedies ? remedy(cause.code, textArgs(cause)) : undefined,
  };
}

const textArgs = ({ args }: Cause) =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, String(value)]));
