import { createTranslationRef } from '@backstage/frontend-plugin-api';

export const homeTranslationRef = createTranslationRef({
  id: 'app.home',
  messages: {
    title: 'Waymark',
    description:
      'Create a service that is ready for production on EKS, ship it with Argo CD, watch it on its page.',
    create: {
      title: 'Create a service',
      text: 'Answer seven questions and get a running service: repository, chart, pipeline, runbook, first deployment.',
      action: 'Choose a golden path',
    },
    watch: {
      title: 'See how a service is doing',
      text: 'Its page says in one sentence what is wrong, since when, what changed and what to do next.',
      action: 'Open the catalog',
    },
    tasks: {
      title: 'Follow what you started',
      text: 'Every creation is a task with its steps, its log and a retry that continues where it stopped.',
      action: 'Open the tasks',
    },
  },
});
