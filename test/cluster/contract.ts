import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { rmSync } from 'node:fs';
import {
  argocdContract,
  type ContractCase,
  giteaContract,
  type GiteaTarget,
  kubernetesApiContract,
} from '@waymark/sandbox';
import { closingLine } from '../suites/Count';
import { buildWorld } from './world/build';
import type { KubeObject } from './world/kubeApi';
import { insideNamespace, rerunInNamespace } from './world/namespace';
import { partsOf, startWorld, type World } from './world/world';

const OPTIONS = { argocd: true, gitea: true, nodes: 3 };

/** The suite that the sandbox passes, on the real parts: a fake is only as good as its check. */
async function main(): Promise<number> {
  if (!insideNamespace()) {
    await buildWorld(partsOf(OPTIONS), line => console.log(line));
    return rerunInNamespace();
  }
  const dir = join(tmpdir(), `world-contract-${process.pid}`);
  const world = await startWorld({ ...OPTIONS, dir, log: line => console.log(line) });
  try {
    const git = gitTarget(world);
    const kubernetes = { url: world.controlPlane.url, token: world.controlPlane.adminToken };
    const failed = [
      ...(await replay('Kubernetes', kubernetesApiContract, kubernetes)),
      ...(await replay('Gitea', giteaContract, git)),
      ...(await replay('Argo CD', argocdContract, await argocdTarget(world, git))),
    ].filter(passed => !passed).length;
    const all = kubernetesApiContract.length + giteaContract.length + argocdContract.length;
    if (failed) console.log(`The logs are in ${join(world.dir, 'logs')}`);
    console.log(closingLine({ passed: all - failed, failed, skipped: 0 }));
    return failed ? 1 : 0;
  } finally {
    await world.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

async function replay<T>(
  part: string,
  cases: readonly ContractCase<T>[],
  target: T,
): Promise<boolean[]> {
  const results: boolean[] = [];
  for (const { name, run } of cases) {
    const failure = await run(target).then(
      () => undefined,
      error => error as Error,
    );
    console.log(failure ? `FAIL  ${part}: ${name}: ${failure.message}` : `ok    ${part}: ${name}`);
    results.push(!failure);
  }
  return results;
}

function gitTarget({ gitea }: World): GiteaTarget {
  const { url, user, password, organisation } = gitea!;
  return { url, user, password, org: organisation };
}

async function argocdTarget({ argocd, controlPlane }: World, git: GiteaTarget) {
  const login = { user: 'admin', password: argocd!.adminPassword };
  const ref = ({
    apiVersion,
    kind,
    namespace,
    name,
  }: {
    apiVersion: string;
    kind: string;
    namespace: string;
    name: string;
  }) => ({
    apiVersion,
    kind,
    metadata: { name, namespace },
  });
  return {
    url: argocd!.url,
    // The portal's own account may not delete, and the contract does.
    token: await adminToken(argocd!.url, login),
    login,
    git,
    read: async (object: Parameters<typeof ref>[0]) =>
      (await controlPlane.admin.find<KubeObject>(ref(object))) as never,
    patch: async (object: Parameters<typeof ref>[0], change: unknown) => {
      await controlPlane.admin.patch(ref(object), change as object);
    },
  };
}

async function adminToken(
  url: string,
  { user, password }: { user: string; password: string },
): Promise<string> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: user, password }),
  });
  return ((await response.json()) as { token: string }).token;
}

main().then(
  code => process.exit(code),
  error => {
    console.error(error);
    console.log('0 passed, 1 failed');
    process.exit(1);
  },
);
