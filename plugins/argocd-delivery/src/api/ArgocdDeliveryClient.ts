import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  type EntityDelivery,
  entityDeliverySchema,
  type SyncRequest,
} from '@waymark/backstage-plugin-argocd-delivery-common';
import type { ArgocdDeliveryApi } from './ArgocdDeliveryApi';

export class ArgocdDeliveryClient implements ArgocdDeliveryApi {
  readonly #fetchApi: FetchApi;

  constructor({ fetchApi }: { readonly fetchApi: FetchApi }) {
    this.#fetchApi = fetchApi;
  }

  async entityDelivery(entityRef: string, signal?: AbortSignal): Promise<EntityDelivery> {
    const response = await this.#fetchApi.fetch(urlOf(entityRef), { signal });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return entityDeliverySchema.parse(await response.json());
  }

  async sync(entityRef: string, applicationId: string, request: SyncRequest): Promise<void> {
    const response = await this.#fetchApi.fetch(
      `${urlOf(entityRef)}/applications/${encodeURIComponent(applicationId)}/sync`,
      {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(request),
      },
    );
    if (!response.ok) throw await ResponseError.fromResponse(response);
  }
}

function urlOf(entityRef: string) {
  const { kind, namespace, name } = parseEntityRef(entityRef);
  return `plugin://argocd-delivery/v1/entities/${[namespace, kind, name].map(encodeURIComponent).join('/')}`;
}
