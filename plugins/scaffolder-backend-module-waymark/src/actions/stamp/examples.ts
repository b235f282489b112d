import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { dump } from 'js-yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Record what the repository was made from',
    example: dump({
      steps: [
        {
          id: 'stamp',
          name: 'Record the template',
          action: 'waymark:stamp',
          input: { answers: '${{ parameters }}' },
        },
      ],
    }),
  },
];
