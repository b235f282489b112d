import { boutique } from '../existing/boutique';
import { pagesOf, readSystem } from '../existing/readSystem';
import { courier } from '../faults/courier';

/** What the portal's catalog knows, beside Robot Shop, before anybody creates a service. */
export async function storyEntities(): Promise<object[]> {
  const pages = pagesOf(await readSystem(boutique));
  return [
    component(courier.name, { 'backstage.io/kubernetes-id': courier.name }),
    ...pages.map(({ name }) =>
      component(name, {
        'backstage.io/kubernetes-namespace': boutique.namespace,
        'backstage.io/kubernetes-label-selector': `app=${name}`,
      }),
    ),
  ];
}

const component = (name: string, annotations: Record<string, string>) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations },
  spec: { type: 'service', lifecycle: 'production', owner: 'group:default/team-shop' },
});
