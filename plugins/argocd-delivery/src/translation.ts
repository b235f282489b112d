import { createTranslationRef } from '@backstage/frontend-plugin-api';

export const argocdDeliveryTranslationRef = createTranslationRef({
  id: 'argocd-delivery',
  messages: {
    card: { title: 'Delivery', open: 'Open in Argo CD' },
    sync: {
      Synced: 'Synced',
      OutOfSync: 'Out of sync',
      Unknown: 'Sync unknown',
      button: 'Sync…',
      title: 'Sync {{name}}?',
      explanation: 'Argo CD applies {{revision}} to {{destination}}.',
      prune: 'Also delete what Git no longer has',
      confirm: 'Sync',
      cancel: 'Cancel',
      started: 'Argo CD syncs {{name}}',
      refused: '{{name}} was not synced: {{message}}',
      blocked: {
        'not-permitted':
          'You may not sync: ask a platform owner for argocd-delivery.application.sync.',
        'no-api': 'This source only reads. Syncing needs a source of type api.',
        'operation-running': 'An operation is running. Wait for its end.',
        'source-stale': 'Argo CD does not answer at the moment.',
      },
    },
    health: {
      Healthy: 'Healthy',
      Suspended: 'Suspended',
      Progressing: 'Progressing',
      Missing: 'Missing',
      Degraded: 'Degraded',
      Unknown: 'Health unknown',
    },
    facts: {
      revision: 'Revision',
      image: 'Image',
      lastSync: 'Last sync',
      destination: 'Destination',
      auto: 'Auto-sync',
      on: 'on',
      off: 'off',
      prune: 'prune',
      selfHeal: 'self-heal',
      never: 'never',
      by: 'by {{by}}',
    },
    operation: {
      Running: 'Syncing',
      Terminating: 'Being terminated',
      Succeeded: 'Succeeded',
      Failed: 'Failed',
      Error: 'Error',
    },
    history: {
      title_one: 'History ({{count}})',
      title_other: 'History ({{count}})',
    },
    source: {
      connecting: '{{name}} is being read for the first time',
      stale: '{{name}} does not answer; what is shown is the last that is known',
      unreachable: '{{name}} cannot be reached',
      unauthorised: '{{name}} refuses our credentials',
      seen: 'last heard',
    },
    empty: {
      title: 'No Argo CD application found for this entity',
      unknown: 'Nothing is known yet of the applications of this entity',
      unread: 'Not everything could be read of {{names}}.',
      noSource: 'No Argo CD is configured. Add one under argocdDelivery.sources.',
      explanation: 'Name it in catalog-info.yaml:',
    },
  },
});
