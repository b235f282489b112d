import type { ViewRequest } from './Side';

/** What the entity page itself asks the catalog for, whichever plugin is on it. */
export const entityRequest = (service: string): ViewRequest => ({
  method: 'GET',
  path: `/api/catalog/entities/by-name/component/default/${service}`,
});
