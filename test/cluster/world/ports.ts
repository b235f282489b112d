import { createServer } from 'node:net';

/** Addresses that a person or the portal is told; everything else has a fixed port inside. */
export interface Ports {
  kubeApi: number;
  argocd: number;
  gitea: number;
}

/** The namespace is empty, so these are always free inside. */
export const defaultPorts: Ports = { kubeApi: 6443, argocd: 8090, gitea: 3300 };

/** All on 127.0.0.1, so that no pod finds its port taken. */
export const innerPorts = {
  etcd: 2379,
  etcdPeers: 2380,
  scheduler: 10259,
  redis: 6379,
  metrics: 4443,
  argocdRepoServer: 9081,
  argocdRepoServerMetrics: 9084,
  argocdController: 9082,
  argocdServerMetrics: 9083,
};

/** Ports that are free on this machine, preferring the usual ones. */
export async function freePorts(wanted: Ports = defaultPorts): Promise<Ports> {
  return {
    kubeApi: await freePort(wanted.kubeApi),
    argocd: await freePort(wanted.argocd),
    gitea: await freePort(wanted.gitea),
  };
}

async function freePort(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted;
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, '127.0.0.1', () => {
      const { port: found } = server.address() as { port: number };
      server.close(() => resolve(found));
    });
  });
}
