import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { dump } from 'js-yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Judge the chart with the values of production',
    example: dump({
      steps: [
        {
          id: 'gate',
          name: 'Check production readiness',
          action: 'waymark:readiness:gate',
          input: {
            chart: './chart',
            values: ['./chart/values-prod.yaml'],
            namespace: 'shop',
            releaseName: 'payment',
          },
        },
      ],
    }),
  },
];
