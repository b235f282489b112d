import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { dump } from 'js-yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Put the shared service chart into the new repository',
    example: dump({
      steps: [
        {
          id: 'chart',
          name: 'Add the chart',
          action: 'waymark:fetch:shared',
          input: { name: '_chart', targetPath: './chart' },
        },
      ],
    }),
  },
];
