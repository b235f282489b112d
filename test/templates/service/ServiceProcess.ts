import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

export interface ServiceProcess {
  readonly traffic: string;
  readonly management: string;
  readonly child: ChildProcess;
  /** What it has printed so far. */
  output(): string;
  /** Exit code, once it has ended. */
  readonly exited: Promise<number | null>;
}

/** Starts a service on free ports of loopback and waits until it is ready. */
export async function startService(
  folder: string,
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
  ready = '/readyz',
): Promise<ServiceProcess> {
  const [port, managementPort] = await freePorts(2);
  const child = spawn(process.execPath, [...args], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      HOST: '127.0.0.1',
      PORT: String(port),
      MANAGEMENT_PORT: String(managementPort),
      SHUTDOWN_DRAIN_SECONDS: '1',
      ...environment,
    },
  });
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', part => parts.push(part));
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const service: ServiceProcess = {
    traffic: `http://127.0.0.1:${port}`,
    management: `http://127.0.0.1:${managementPort}`,
    child,
    output: () => Buffer.concat(parts).toString('utf8'),
    exited,
  };
  for (let waited = 0; (await statusOf(service.management + ready)) !== 200; waited += 50) {
    if (child.exitCode !== null)
      throw new Error(`it ended with ${child.exitCode}: ${service.output()}`);
    if (waited > 15_000) throw new Error(`not ready after 15 s: ${service.output()}`);
    await wait(50);
  }
  return service;
}

export async function stopService({ child, exited }: ServiceProcess): Promise<number | null> {
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 20_000);
  return exited.finally(() => clearTimeout(killer));
}

/** Status of a GET; undefined where nobody answers. */
export const statusOf = (url: string) =>
  fetch(url, { signal: AbortSignal.timeout(3000) }).then(
    async response => {
      await response.body?.cancel();
      return response.status;
    },
    () => undefined,
  );

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(server => once(server, 'listening')));
  const ports = servers.map(server => (server.address() as AddressInfo).port);
  await Promise.all(servers.map(server => once(server.close(), 'close')));
  return ports;
}
