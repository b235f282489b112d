import type { PodTarget } from '@waymark/sandbox';
import type { Behaviours } from '../world/behaviour';

/** Tells the world's kubelets what the contract wants played. */
export const playOn =
  (behaviours: Behaviours): PodTarget['play'] =>
  ({ namespace, name }, { log, exit, readiness = 200, liveness = 200, ignoresTerm }) =>
    behaviours.set(`${namespace}/${name}-*`, {
      ...(log && { log: [...log] }),
      ...(exit && { exitAfter: exit.after, exitCode: exit.code, reason: exit.reason }),
      http: { '/readyz': readiness, '/livez': liveness },
      ignoreTerm: ignoresTerm,
    });

/** What containerd says of an image that its registry does not have. */
export const removeImageFrom =
  (behaviours: Behaviours): PodTarget['removeImage'] =>
  image =>
    behaviours.set(image, {
      pullCode: 'NotFound',
      pullErr: `failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`,
    });
