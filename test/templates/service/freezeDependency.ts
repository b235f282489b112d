import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { startService, statusOf, stopService } from './ServiceProcess';

/** A dependency that can freeze: it keeps its port and its connections, and says nothing more. */
class FreezableServer {
  frozen = false;
  readonly #server: Server;

  constructor(answer: string) {
    this.#server = createServer((socket: Socket) => {
      socket.on('error', () => {});
      socket.on('data', () => this.frozen || socket.end(answer));
    });
  }

  async listen(): Promise<number> {
    await once(this.#server.listen(0, '127.0.0.1'), 'listening');
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    this.#server.close();
  }
}

/** Freezes Redis under the service of the case "everything": not ready, but alive, then ready again. */
export async function freezeDependency(folder: string): Promise<string> {
  const http = new FreezableServer(
    'HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n',
  );
  const postgresql = new FreezableServer('N');
  const redis = new FreezableServer('+PONG\r\n');
  const [web, database, cache] = await Promise.all(
    [http, postgresql, redis].map(server => server.listen()),
  );
  const service = await startService(folder, ['dist/main.js'], {
    PAYMENT_URL: 'http://127.0.0.1:1024',
    STOCK_URL: `http://127.0.0.1:${web}`,
    TAX_URL: `http://127.0.0.1:${web}`,
    CHECKOUT_DB_URL: `postgresql://127.0.0.1:${database}`,
    SESSIONS_URL: `redis://127.0.0.1:${cache}`,
    DATABASE_URL: 'hush',
    DATABASE_PASSWORD: 'hush',
    TAX_KEY: 'hush',
  });
  const becomes = async (status: number) => {
    const begin = Date.now();
    while ((await statusOf(`${service.management}/readyz`)) !== status) {
      assert(
        Date.now() - begin < 10_000,
        `/readyz is not ${status} after 10 s: ${service.output()}`,
      );
      assert.equal(
        await statusOf(`${service.management}/livez`),
        200,
        'liveness fails during an outage of a dependency',
      );
      await wait(100);
    }
    return Date.now() - begin;
  };
  try {
    redis.frozen = true;
    const noticed = await becomes(503);
    const metrics = await (await fetch(`${service.management}/metrics`)).text();
    assert.match(metrics, /dependency_up\{dependency="sessions"\} 0/);
    assert.match(metrics, /dependency_up\{dependency="stock"\} 1/);
    redis.frozen = false;
    const healed = await becomes(200);
    assert(!service.output().includes('hush'), 'a secret is in the log');
    return `noticed after ${(noticed / 1000).toFixed(1)} s, healed after ${(healed / 1000).toFixed(1)} s`;
  } finally {
    await stopService(service);
    for (const server of [http, postgresql, redis]) server.close();
  }
}
