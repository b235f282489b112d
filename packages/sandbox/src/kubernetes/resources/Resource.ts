/** Where and how the API serves a kind. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  /** Status is written through its own subresource only, and changes of it leave the generation alone. */
  readonly statusSubresource: boolean;
  /** Whether the API server counts changes of the spec in `metadata.generation`. */
  readonly counted: boolean;
}

export const apiVersionOf = ({ group, version }: Pick<Resource, 'group' | 'version'>): string =>
  group ? `${group}/${version}` : version;

export const parseApiVersion = (apiVersion: string): { group: string; version: string } => {
  const [first, second] = apiVersion.split('/');
  return second === undefined ? { group: '', version: first } : { group: first, version: second };
};

/** `pods`, `deployments.apps`: how error messages and RBAC name a resource. */
export const qualifiedName = ({ group, plural }: Pick<Resource, 'group' | 'plural'>): string =>
  group ? `${plural}.${group}` : plural;
