import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { root } from '../../suites/runProgram';
import { World } from './world';

/** The name of the cluster and of the Argo CD in the portal's configuration. */
export const worldName = 'world';

/** Where images of generated services would be pushed; the kubelets of the world pull whatever is asked for. */
export const registry = 'registry.shop.example/shop';

export interface PortalConfigOptions {
  /** Catalog files of the caller's own. */
  readonly entities?: readonly string[];
  /** Further entries of `argocdDelivery.sources`, after the Argo CD of the world. */
  readonly sources?: readonly object[];
}

/** Writes the app-config overlay that points a portal at this world, and returns its path. */
export function writePortalConfig(
  world: World,
  file: string,
  options?: PortalConfigOptions,
): string {
  const comment =
    '# Written when the world started. It holds credentials of a world on this machine only.\n';
  const config = dump(portalConfig(world, options), { lineWidth: -1 });
  writeFileSync(file, `${comment}${config}`, { mode: 0o600 });
  return file;
}

/** The same keys as any cluster, Argo CD and Git host have in app-config. */
export function portalConfig(
  world: World,
  { entities = [], sources = [] }: PortalConfigOptions = {},
): object {
  const { argocd, gitea } = world;
  return {
    ...(gitea && {
      integrations: {
        gitea: [
          // The port belongs to the host: repoUrl must name exactly the same.
          { host: gitea.host, baseUrl: gitea.url, username: gitea.user, password: gitea.password },
        ],
      },
      backend: { reading: { allow: [{ host: gitea.host }] } },
    }),
    kubernetes: {
      serviceLocatorMethod: { type: 'multiTenant' },
      clusterLocatorMethods: [{ type: 'config', clusters: [clusterConfig(world)] }],
    },
    ...(argocd && {
      argocdDelivery: {
        sources: [
          { name: worldName, type: 'api', url: argocd.url, token: argocd.token },
          ...sources,
        ],
      },
    }),
    scaffolder: { defaultEnvironment: { parameters: presets(world) } },
    catalog: {
      locations: [...catalogFiles.map(file => join(root, file)), ...entities].map(target => ({
        type: 'file',
        target,
      })),
    },
  };
}

const clusterConfig = ({ controlPlane, portal }: World) => ({
  name: worldName,
  title: 'World',
  url: controlPlane.url,
  authProvider: 'serviceAccount',
  serviceAccountToken: portal.token,
  caData: Buffer.from(controlPlane.ca).toString('base64'),
});

/** What the templates fill in for the person. */
const presets = ({ gitea }: World) => ({
  ...(gitea && { repoHost: gitea.host, repoOwner: gitea.organisation }),
  registry,
  cluster: 'https://kubernetes.default.svc',
  domain: 'shop.example',
  certificateArn:
    'arn:aws:acm:eu-west-1:111122223333:certificate/11111111-2222-3333-4444-555555555555',
});

/** The golden paths, and those who may own a new service: without them the form has nobody to offer. */
const catalogFiles = [
  'templates/all.yaml',
  'catalog-info.yaml',
  'packages/sandbox/catalog/org.yaml',
  'packages/sandbox/catalog/system.yaml',
];
