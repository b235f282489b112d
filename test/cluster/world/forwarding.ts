import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { connect, createServer, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { Ports } from './ports';

/**
 * Makes the ports of a namespace reachable from outside under the same numbers. A unix socket is
 * found by its path, so it is the one door between two network namespaces.
 */
export function openDoors(dir: string, ports: Ports): Promise<Server[]> {
  return Promise.all(
    Object.entries(ports).map(([name, port]) => {
      const door = doorOf(dir, name);
      rmSync(door, { force: true });
      return relay(door, () => connect(port, '127.0.0.1'));
    }),
  );
}

/** The other side: listens on this machine's loopback and goes through the doors. */
export function forwardThrough(dir: string, ports: Ports): Promise<Server[]> {
  return Promise.all(
    Object.entries(ports).map(([name, port]) =>
      relay({ port, host: '127.0.0.1' }, () => connect(doorOf(dir, name))),
    ),
  );
}

function doorOf(dir: string, name: string): string {
  return join(dir, `${name}.door`);
}

async function relay(
  address: string | { port: number; host: string },
  open: () => Socket,
): Promise<Server> {
  const server = createServer(near => {
    const far = open();
    near.pipe(far).pipe(near);
    near.on('error', () => far.destroy()).on('close', () => far.destroy());
    far.on('error', () => near.destroy()).on('close', () => near.destroy());
  });
  server.listen(address);
  await once(server, 'listening');
  return server;
}
