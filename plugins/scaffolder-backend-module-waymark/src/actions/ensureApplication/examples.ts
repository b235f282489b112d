import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { dump } from 'js-yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Deploy the chart of a new repository to the cluster of the Argo CD itself',
    example: dump({
      steps: [
        {
          id: 'deploy',
          name: 'Deploy with Argo CD',
          action: 'waymark:argocd:ensure-application',
          input: {
            name: 'payment-dev',
            repoUrl: 'https://github.com/shop/payment.git',
            path: 'chart',
            valueFiles: ['values.yaml', 'values-dev.yaml'],
            destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' },
            entityRef: 'component:default/payment',
            environment: 'dev',
          },
        },
      ],
    }),
  },
  {
    description: 'Deploy to an EKS cluster by its ARN',
    example: dump({
      steps: [
        {
          id: 'deploy',
          name: 'Deploy with Argo CD',
          action: 'waymark:argocd:ensure-application',
          input: {
            name: 'payment-prod',
            repoUrl: 'https://github.com/shop/payment.git',
            valueFiles: ['values.yaml', 'values-prod.yaml'],
            project: 'shop',
            destination: {
              name: 'arn:aws:eks:eu-west-1:111122223333:cluster/prod',
              namespace: 'shop',
            },
          },
        },
      ],
    }),
  },
];
