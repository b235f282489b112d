import { writeFileSync } from 'node:fs';
import { dump } from 'js-yaml';
import { World } from './world';

/** The name of the cluster and of the Argo CD in the portal's configuration. */
export const worldName = 'world';

/** Writes the app-config overlay that points a portal at this world, and returns its path. */
export function writePortalConfig(world: World, file: string): string {
  const comment =
    '# Written by npm run world. It holds credentials of a world on this machine only.\n';
  writeFileSync(file, `${comment}${dump(portalConfig(world), { lineWidth: -1 })}`, { mode: 0o600 });
  return file;
}

/** The same keys as any cluster, Argo CD and Git host have in app-config. */
export function portalConfig({ controlPlane, portal, argocd, gitea }: World): object {
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
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: worldName,
              title: 'World',
              url: controlPlane.url,
              authProvider: 'serviceAccount',
              serviceAccountToken: portal.token,
              caData: Buffer.from(controlPlane.ca).toString('base64'),
            },
          ],
        },
      ],
    },
    ...(argocd && {
      argocdDelivery: {
        sources: [{ name: worldName, type: 'api', url: argocd.url, token: argocd.token }],
      },
    }),
  };
}
