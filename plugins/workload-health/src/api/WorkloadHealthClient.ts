import { parseEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { FetchApi } from '@backstage/frontend-plugin-api';
import {
  type EntityHealth,
  entityHealthSchema,
} from '@waymark/backstage-plugin-workload-health-common';
import type { WorkloadHealthApi } from './WorkloadHealthApi';

export class WorkloadHealthClient implements WorkloadHealthApi {
  readonly #fetchApi: FetchApi;

  constructor({ fetchApi }: { readonly fetchApi: FetchApi }) {
    this.#fetchApi = fetchApi;
  }

  async entityHealth(entityRef: string, signal?: AbortSignal): Promise<EntityHealth> {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = [namespace, kind, name].map(encodeURIComponent).join('/');
    const response = await this.#fetchApi.fetch(`plugin://workload-health/v1/entities/${path}`, {
      signal,
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return entityHealthSchema.parse(await response.json());
  }
}
