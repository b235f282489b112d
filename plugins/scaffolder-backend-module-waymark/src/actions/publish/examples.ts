import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { dump } from 'js-yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Publish to whatever host the form names',
    example: dump({
      steps: [
        {
          id: 'publish',
          name: 'Create the repository',
          action: 'waymark:publish',
          input: {
            repoUrl: 'github.com?owner=shop&repo=payment',
            description: 'Takes payments',
            defaultBranch: 'main',
            visibility: 'internal',
          },
        },
      ],
    }),
  },
];
