import { boutiqueServices, boutiqueNamespace } from '../boutique/boutique';
import { subject } from '../faults/subject';

/** What the portal's catalog knows before anybody creates a service. */
export function storyEntities(): object[] {
  return [
    entity('Group', 'team-shop', { type: 'team', children: [] }),
    entity('System', 'robot-shop', { owner: 'group:default/team-shop' }),
    component(subject.name, { 'backstage.io/kubernetes-id': subject.name }),
    ...boutiqueServices().map(name =>
      component(name, {
        'backstage.io/kubernetes-namespace': boutiqueNamespace,
        'backstage.io/kubernetes-label-selector': `app=${name}`,
      }),
    ),
  ];
}

const component = (name: string, annotations: Record<string, string>) =>
  entity(
    'Component',
    name,
    { type: 'service', lifecycle: 'production', owner: 'group:default/team-shop' },
    annotations,
  );

const entity = (
  kind: string,
  name: string,
  spec: object,
  annotations: Record<string, string> = {},
) => ({ apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name, annotations }, spec });
