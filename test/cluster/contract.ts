import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { rmSync } from 'node:fs';
import {
  argocdContract,
  giteaContract,
  kubernetesApiContract,
  kubernetesControllerContract,
  kubernetesExpiryContract,
  kubernetesPodContract,
} from '@waymark/sandbox';
import { closingLine, type Count, sum } from '../suites/Count';
import { replay } from './contract/replay';
import { targetsOf } from './contract/targets';
import { buildWorld } from './world/build';
import { insideNamespace, rerunInNamespace } from './world/namespace';
import { partsOf, startWorld, type World } from './world/world';

const OPTIONS = {
  argocd: true,
  gitea: true,
  nodes: 3,
  // The user that the contract calls restricted.
  portalRules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
};

/** The suite that the sandbox passes, on the real parts: a fake is only as good as its check. */
async function main(): Promise<number> {
  if (!insideNamespace()) {
    await buildWorld(partsOf(OPTIONS), line => console.log(line));
    return rerunInNamespace();
  }
  const dir = join(tmpdir(), `world-contract-${process.pid}`);
  const world = await startWorld({ ...OPTIONS, dir, log: line => console.log(line) });
  const count = await replayAll(world).finally(() => world.stop());
  if (count.failed) console.log(`The logs are in ${join(dir, 'logs')}`);
  else rmSync(dir, { recursive: true, force: true });
  console.log(closingLine(count));
  return count.failed ? 1 : 0;
}

async function replayAll(world: World): Promise<Count> {
  const { kubernetes, gitea, argocd } = await targetsOf(world);
  return sum([
    await replay('Kubernetes API', kubernetesApiContract, kubernetes),
    await replay('Kubernetes controllers', kubernetesControllerContract, kubernetes),
    await replay('Kubernetes pods', kubernetesPodContract, kubernetes),
    await replay('Gitea', giteaContract, gitea),
    await replay('Argo CD', argocdContract, argocd),
    // The last, because the API server is killed for it.
    await replay('Kubernetes history', kubernetesExpiryContract, kubernetes),
  ]);
}

main().then(
  code => process.exit(code),
  error => {
    console.error(error);
    console.log('0 passed, 1 failed');
    process.exit(1);
  },
);
