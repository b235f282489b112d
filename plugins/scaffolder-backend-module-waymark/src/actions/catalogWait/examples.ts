import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { dump } from 'js-yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Wait for the component that was just registered',
    example: dump({
      steps: [
        {
          id: 'wait',
          name: 'Wait for the catalog',
          action: 'waymark:catalog:wait',
          input: { entityRef: 'component:default/${{ parameters.name }}' },
        },
      ],
    }),
  },
];
