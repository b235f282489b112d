import { builtinResources } from './builtinResources';
import { pluralise } from './pluralise';
import { parseApiVersion, type Resource } from './Resource';

/** Which kinds the API serves. Kinds that nobody knew before are served from the moment something of them is applied. */
export class ResourceCatalog {
  private readonly resources: Resource[] = [...builtinResources];

  all(): readonly Resource[] {
    return this.resources;
  }

  byKind(kind: string, apiVersion?: string): Resource | undefined {
    if (apiVersion === undefined) return this.resources.find(resource => resource.kind === kind);
    const { group, version } = parseApiVersion(apiVersion);
    return this.resources.find(
      resource =>
        resource.kind === kind && resource.group === group && resource.version === version,
    );
  }

  byPath(group: string, version: string, plural: string): Resource | undefined {
    return this.resources.find(
      resource =>
        resource.plural === plural && resource.group === group && resource.version === version,
    );
  }

  add(resource: Resource): Resource {
    const known = this.byPath(resource.group, resource.version, resource.plural);
    if (known) return known;
    this.resources.push(resource);
    return resource;
  }

  /** As if a CustomResourceDefinition with the usual plural had been there all along. */
  addUnknown(kind: string, apiVersion: string, namespaced: boolean): Resource {
    return this.add({
      ...parseApiVersion(apiVersion),
      kind,
      plural: pluralise(kind),
      namespaced,
      shortNames: [],
      statusSubresource: true,
      counted: true,
    });
  }
}
