import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { ArgoCdApi } from './ArgoCdApi';

/** The Argo CD instances that the portal may write to: `argocdDelivery.sources` of type `api`, read as the delivery plugin reads them. */
export class ArgoCdInstances {
  readonly #apis: ReadonlyMap<string, ArgoCdApi>;

  static fromConfig(config: Config) {
    const sources = config.getOptionalConfigArray('argocdDelivery.sources') ?? [];
    return new ArgoCdInstances(
      new Map(
        sources
          .filter(source => source.getString('type') === 'api')
          .map(source => [
            source.getString('name'),
            new ArgoCdApi({
              url: source.getString('url'),
              externalUrl: source.getOptionalString('externalUrl'),
              token: source.getString('token'),
            }),
          ]),
      ),
    );
  }

  private constructor(apis: ReadonlyMap<string, ArgoCdApi>) {
    this.#apis = apis;
  }

  /** The named instance, or the only one there is. */
  get(name?: string): ArgoCdApi {
    const api = name ? this.#apis.get(name) : this.#apis.size === 1 && [...this.#apis.values()][0];
    if (api) return api;
    const known = [...this.#apis.keys()].join(', ');
    if (!known)
      throw new InputError(
        'the portal may create applications in no Argo CD: add a source of type api, with url and token, to argocdDelivery.sources in app-config',
      );
    throw new InputError(
      name
        ? `instance: no source of type api is named ${name} in argocdDelivery.sources; there are ${known}`
        : `instance: name one of ${known}; the templates take it from scaffolder.defaultEnvironment.parameters.argocdInstance`,
    );
  }
}
