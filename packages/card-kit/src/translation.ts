import { createTranslationRef } from '@backstage/frontend-plugin-api';

export const cardKitTranslationRef = createTranslationRef({
  id: 'waymark.card-kit',
  messages: {
    copy: { label: 'Copy the command', done: 'Copied' },
    failure: {
      title: 'This could not be loaded',
      forbidden: 'You may not see this: {{message}}',
      stale: 'Shown as it was last known: {{message}}',
      signedOut: 'The portal does not know you any more: your session ended, or it was restarted.',
      timeout: 'The backend of the portal does not answer.',
      retry: 'Try again',
      reload: 'Reload the page',
    },
    loading: 'Loading',
    status: { lastKnown: '{{label}} (last known)' },
  },
});
