import type { DeliveryApplication } from '@waymark/backstage-plugin-argocd-delivery-common';

/** An application as the index keeps it: what the page shows, and by what an entity finds it. */
export interface Application extends Omit<DeliveryApplication, 'actions' | 'url'> {
  readonly labels: Readonly<Record<string, string>>;
  /** The entity that it says it belongs to: annotation `backstage.io/entity-ref`. */
  readonly entityRef?: string;
  readonly repositories: readonly string[];
}
