import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { dump } from 'js-yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Ask Argo CD before the repository is created',
    example: dump({
      steps: [
        {
          id: 'argocd',
          name: 'Ask Argo CD',
          action: 'waymark:argocd:check',
          input: {
            name: 'payment-dev',
            project: 'shop',
            repoUrl: 'github.com?owner=shop&repo=payment',
          },
        },
      ],
    }),
  },
];
