import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { KubeApi, KubeObject } from './kubeApi';
import { waitUntil } from './waitUntil';

interface CustomResource {
  group: string;
  version: string;
  kind: string;
  plural: string;
  /** Not in a namespace. */
  cluster?: boolean;
}

interface Definition extends KubeObject {
  status?: { conditions?: { type: string; status: string }[] };
}

/** Registers the kinds of customResources.yaml and waits until the API server serves them. */
export async function installCustomResources(api: KubeApi): Promise<void> {
  const text = readFileSync(join(__dirname, 'customResources.yaml'), 'utf8');
  const resources = load(text) as CustomResource[];
  await installDefinitions(api, resources.map(definition));
}

/** Applies CustomResourceDefinitions and waits until each is established. */
export async function installDefinitions(api: KubeApi, definitions: KubeObject[]): Promise<void> {
  await Promise.all(definitions.map(object => api.apply(object)));
  await Promise.all(
    definitions.map(object =>
      waitUntil(async () => isEstablished(await api.get<Definition>(object)), {
        what: `the kind ${object.metadata.name} is served`,
      }),
    ),
  );
}

function isEstablished({ status }: Definition): boolean {
  return (
    status?.conditions?.some(
      ({ type, status: value }) => type === 'Established' && value === 'True',
    ) ?? false
  );
}

function definition({ group, version, kind, plural, cluster }: CustomResource): KubeObject {
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: {
      name: `${plural}.${group}`,
      // Demanded of groups below k8s.io; this one says "not the real thing" (enhancements 1111).
      annotations: { 'api-approved.kubernetes.io': 'unapproved, for tests' },
    },
    spec: {
      group,
      scope: cluster ? 'Cluster' : 'Namespaced',
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          ...{ name: version, served: true, storage: true },
          schema: { openAPIV3Schema: anything },
          subresources: { status: {} },
        },
      ],
    },
  };
}
