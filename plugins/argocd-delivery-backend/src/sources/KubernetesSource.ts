import type { LoggerService } from '@backstage/backend-plugin-api';
import type { DeliverySource as SourceState } from '@waymark/backstage-plugin-argocd-delivery-common';
import { type Clock, type ClusterApi, type KindState, ListWatch } from '@waymark/cluster-watch';
import type { Change } from '@waymark/kube-graph';
import type { Application } from '../applications/Application';
import type { ApplicationIndex } from '../applications/ApplicationIndex';
import { createUnreadableLog } from '../applications/createUnreadableLog';
import { parseApplication } from '../applications/parseApplication';
import type { SourceConfig } from '../config';
import type { DeliverySource } from './DeliverySource';
import { SourceStanding } from './SourceStanding';

export interface KubernetesSourceOptions {
  readonly config: Extract<SourceConfig, { type: 'kubernetes' }>;
  readonly api: ClusterApi;
  readonly logger: LoggerService;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Source: argo-cd manifests/crds/application-crd.yaml */
const APPLICATIONS = {
  group: 'argoproj.io',
  version: 'v1alpha1',
  resource: 'applications',
  namespaced: true,
  kind: 'Application',
};

/** Watches Application objects with the credentials of the cluster: no Argo CD token, and nothing can be written. */
export class KubernetesSource implements DeliverySource {
  readonly name: string;
  readonly #options: KubernetesSourceOptions;
  readonly #parse: (object: unknown) => Application | undefined;
  readonly #standing: SourceStanding;
  #watch?: ListWatch;

  constructor(options: KubernetesSourceOptions) {
    this.name = options.config.name;
    this.#options = options;
    const onUnreadable = createUnreadableLog(options.logger, this.name);
    this.#parse = object => parseApplication(this.name, object, onUnreadable);
    this.#standing = new SourceStanding({ name: this.name, type: 'kubernetes' });
  }

  get state() {
    return this.#standing.state;
  }

  pageOf({ name, namespace }: Pick<Application, 'name' | 'namespace'>) {
    const { externalUrl } = this.#options.config;
    return (
      externalUrl &&
      `${externalUrl}/applications/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`
    );
  }

  start(index: ApplicationIndex, onState: () => void) {
    this.#standing.listen(onState);
    const { api, clock, random, config } = this.#options;
    this.#watch = new ListWatch({
      api,
      clock,
      random,
      resource: { ...APPLICATIONS, ...(config.namespace && { namespace: config.namespace }) },
      sink: {
        replaced: objects => {
          const applications = objects.flatMap(object => this.#parse(object) ?? []);
          index.keepOnly(this.name, new Set(applications.map(({ id }) => id)));
          applications.forEach(application => index.upsert(application));
        },
        changed: changes => changes.forEach(change => this.#accept(index, change)),
        state: state => this.#enter(state),
        contact: () => this.#standing.contact(clock.now()),
      },
    });
    this.#watch.start();
  }

  async stop() {
    await this.#watch?.stop();
    await this.#options.api.close();
  }

  #accept(index: ApplicationIndex, { type, object }: Change) {
    const application = this.#parse(object);
    if (!application) return;
    if (type === 'delete') index.delete(application.id);
    else index.upsert(application);
  }

  #enter(state: KindState) {
    const known = this.#standing.state.lastContact !== undefined;
    this.#standing.enter(presented(state, known));
  }
}

function presented(state: KindState, known: boolean): Pick<SourceState, 'state' | 'message'> {
  switch (state.state) {
    case 'listing':
      return { state: 'connecting' };
    case 'live':
      return { state: 'live' };
    case 'forbidden':
      return { state: 'unauthorised', message: state.message };
    case 'absent':
      return {
        state: 'unreachable',
        message: 'the cluster serves no applications.argoproj.io: Argo CD is not installed there',
      };
    default:
      return { state: known ? 'stale' : 'unreachable', message: state.message };
  }
}
