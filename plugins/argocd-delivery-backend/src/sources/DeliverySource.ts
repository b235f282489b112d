import type { DeliverySource as DeliverySourceState } from '@waymark/backstage-plugin-argocd-delivery-common';
import type { Application } from '../applications/Application';
import type { ApplicationIndex } from '../applications/ApplicationIndex';

export interface SyncOptions {
  readonly prune: boolean;
  readonly dryRun: boolean;
  /** Recorded in the operation, for Argo CD sees only the portal's account. */
  readonly user: string;
}

/** One place where applications are read from. Fills the index until stopped; failures are states, never exceptions. */
export interface DeliverySource {
  readonly name: string;
  readonly state: DeliverySourceState;
  /** Where people open an application, if the source has pages. */
  pageOf(application: Pick<Application, 'name' | 'namespace'>): string | undefined;
  /** `onState` hears of every other state or message: none of them changes an application. */
  start(index: ApplicationIndex, onState: () => void): void;
  stop(): Promise<void>;
  /** Only the Argo CD API can: writing the Application object would pass Argo CD's own permissions by. */
  readonly sync?: (application: Application, options: SyncOptions) => Promise<void>;
}
