import { createTranslationRef, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  causeMessages,
  causeRemedies,
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

/** A cause as a sentence, and what to do about it. A code that is newer than this page is shown as it is. */
export function useCauseText() {
  const { t: message } = useTranslationRef(causeTranslationRef);
  const { t: remedy } = useTranslationRef(remedyTranslationRef);
  const render = (
    translate: Translate,
    texts: Readonly<Record<string, string>>,
    { code, args }: Pick<WireCause, 'code' | 'args'>,
  ) => (code in texts ? translate(code, textArgs(args)) : undefined);
  return {
    sentence: (cause: Pick<WireCause, 'code' | 'args'>) =>
      render(message as Translate, causeMessages, cause) ?? cause.code,
    remedy: (cause: Pick<WireCause, 'code' | 'args'>) =>
      render(remedy as Translate, causeRemedies, cause),
  };
}

const textArgs = (args: WireCause['args']) =>
  Object.fromEntries(Object.entries(args).map(([name, value]) => [name, String(value)]));
