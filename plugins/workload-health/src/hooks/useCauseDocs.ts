import { configApiRef, useApi } from '@backstage/frontend-plugin-api';
import { causeDocs } from '@waymark/backstage-plugin-workload-health-common';

/** Where the page of a cause is, in a portal that says where the documentation is served. */
export function useCauseDocs(): (code: string) => string | undefined {
  const site = useApi(configApiRef)
    .getOptionalString('workloadHealth.docsUrl')
    ?.replace(/\/+$/, '');
  return code => (site === undefined ? undefined : causeDocs(code, site));
}
