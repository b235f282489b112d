import type { ArgoCdTarget, ForgetfulTarget, GiteaTarget, PodTarget } from '@waymark/sandbox';
import { forgetHistory } from './forgetHistory';
import { playOn, removeImageFrom } from './playOn';
import type { KubeObject } from '../world/kubeApi';
import type { World } from '../world/world';

export interface Targets {
  readonly kubernetes: ForgetfulTarget & PodTarget;
  readonly gitea: GiteaTarget;
  readonly argocd: ArgoCdTarget;
}

/** The real parts as the contract sees them: addresses, accounts that may do everything there, and one that may not. */
export async function targetsOf(world: World): Promise<Targets> {
  const { behaviours, controlPlane, portal, gitea, argocd } = world;
  if (!gitea || !argocd) throw new Error('The contract needs a world with Gitea and Argo CD');
  const { url, user, password, organisation: org } = gitea;
  const git = { url, user, password, org };
  return {
    kubernetes: {
      url: controlPlane.url,
      token: controlPlane.adminToken,
      forgetHistory: () => forgetHistory(controlPlane),
      play: playOn(behaviours),
      removeImage: removeImageFrom(behaviours),
      restricted: { user: 'portal', token: portal.token },
    },
    gitea: git,
    argocd: {
      ...(await signIn(argocd.url, { user: 'admin', password: argocd.adminPassword })),
      git,
      read: ref => controlPlane.admin.find<KubeObject>(identityOf(ref)),
      patch: async (ref, change) => {
        await controlPlane.admin.patch(identityOf(ref), change);
      },
    },
  };
}

type ObjectRef = Parameters<ArgoCdTarget['read']>[0];

const identityOf = ({ apiVersion, kind, namespace, name }: ObjectRef) => ({
  apiVersion,
  kind,
  metadata: { name, namespace },
});

/** As the administrator: the portal's own account may not delete, and the contract does. */
async function signIn(url: string, login: ArgoCdTarget['login']) {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: login.user, password: login.password }),
  });
  const { token } = (await response.json()) as { token: string };
  return { url, login, token };
}
