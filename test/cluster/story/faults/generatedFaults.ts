import type { World } from '../../world/world';
import { commitTag } from '../release/commitChange';
import { imageOf, namespace, service } from '../service/answers';
import type { Fault } from './Fault';
import { somePodWaits } from './pods';
import type { Subject } from './Subject';

/** The service that the template made. */
const generated: Subject = {
  name: service.name,
  namespace,
  replicas: 2,
  selector: `app.kubernetes.io/name=${service.name}`,
};

const unpushedTag = '0.3.0';
const unpushed = `${imageOf(service.name)}:${unpushedTag}`;

/** Made and mended in Git alone: Argo CD deploys both. `goodTag` is what ran before. */
export const imageNotPushed = (goodTag: string): Fault => ({
  name: 'a release of the generated service whose image nobody pushed',
  subject: generated,
  async make(world) {
    world.behaviours.set(unpushed, {
      pullCode: 'NotFound',
      pullErr: `failed to resolve reference "${unpushed}": ${unpushed}: not found`,
    });
    await release(world, unpushedTag);
  },
  shows: world => somePodWaits(world, generated, 'ErrImagePull', 'ImagePullBackOff'),
  code: 'image-not-found',
  sentence: /^1 of 3 pods of order cannot start: the registry has no image ".*order:0\.3\.0"$/,
  mend: world => release(world, goodTag),
});

async function release({ gitea }: World, tag: string): Promise<void> {
  if (!gitea) throw new Error('the world has no Gitea');
  await commitTag(gitea, service.name, tag);
}
