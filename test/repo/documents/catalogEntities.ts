import { dump } from 'js-yaml';
import type { WorkspacePackage } from './workspacePackages';

const SYSTEM = 'waymark';
const OWNER = 'group:default/platform';

/** The role of a package in Backstage's own words, as a type of component. Source: https://backstage.io/docs/features/software-catalog/descriptor-format#spectype-required */
const TYPES: Readonly<Record<string, string>> = {
  backend: 'service',
  'backend-plugin': 'backstage-backend-plugin',
  'backend-plugin-module': 'backstage-backend-module',
  cli: 'tool',
  'common-library': 'library',
  frontend: 'website',
  'frontend-plugin': 'backstage-frontend-plugin',
  'node-library': 'library',
  'web-library': 'library',
};

/** The monorepo itself in the catalog: one system, and a component for each package with what it depends on. */
export const catalogEntities = (packages: readonly WorkspacePackage[]): string =>
  [
    '# Written by npm run generate from the package.json of every package.',
    [systemEntity(), ...packages.map(one => componentEntity(one, packages))]
      .map(entity => dump(entity, { noRefs: true, lineWidth: -1 }))
      .join('---\n'),
  ].join('\n');

const systemEntity = () => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'System',
  metadata: {
    name: SYSTEM,
    title: 'Waymark',
    description: 'Golden paths for EKS, from the first commit to three in the morning',
    annotations: { 'backstage.io/techdocs-ref': 'dir:.' },
  },
  spec: { owner: OWNER },
});

function componentEntity(one: WorkspacePackage, all: readonly WorkspacePackage[]) {
  const type = TYPES[one.role];
  if (!type) throw new Error(`${one.dir}: no type of component is known for role ${one.role}`);
  const dependsOn = all
    .filter(({ name }) => one.dependencies.includes(name))
    .map(other => `component:default/${nameOf(other)}`);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: nameOf(one),
      title: one.name,
      description: one.description,
      // One site for all of them.
      annotations: { 'backstage.io/techdocs-entity': `system:default/${SYSTEM}` },
    },
    spec: {
      type,
      lifecycle: 'experimental',
      owner: OWNER,
      system: SYSTEM,
      ...(dependsOn.length && { dependsOn }),
    },
  };
}

/** With the system's name in front: workloads are found by an entity's name, and anybody may have a `backend`. */
export const nameOf = ({ id }: WorkspacePackage) => `${SYSTEM}-${id}`;
