import { once } from 'node:events';
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectSecurely } from 'node:tls';

/** What a server of the protocol answers to before any log-in. An open port alone is no answer: a frozen server still has one. */
const GREETINGS: Readonly<Record<string, Buffer>> = {
  redis: Buffer.from('PING\r\n'),
  rediss: Buffer.from('PING\r\n'),
  // SSLRequest: https://www.postgresql.org/docs/current/protocol-message-formats.html
  postgresql: Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]),
  // Protocol header: https://www.rabbitmq.com/amqp-0-9-1-protocol
  amqp: Buffer.from('AMQP\0\0\t\u0001'),
  amqps: Buffer.from('AMQP\0\0\t\u0001'),
  // The server speaks first: https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html
  mysql: Buffer.alloc(0),
};

const PORTS: Readonly<Record<string, number>> = {
  redis: 6379,
  rediss: 6379,
  postgresql: 5432,
  amqp: 5672,
  amqps: 5671,
  mysql: 3306,
  mongodb: 27017,
  kafka: 9092,
};

/** Resolves when the dependency answers in its own protocol. HTTP: with anything but a server error. */
export async function ask(address: URL, signal: AbortSignal): Promise<void> {
  const protocol = address.protocol.slice(0, -1);
  if (protocol === 'http' || protocol === 'https') return askHttp(address, signal);
  const socket = open(address, protocol);
  try {
    await once(
      socket,
      protocol === 'rediss' || protocol === 'amqps' ? 'secureConnect' : 'connect',
      { signal },
    );
    const greeting = GREETINGS[protocol];
    if (!greeting) return;
    socket.write(greeting);
    await Promise.race([once(socket, 'data', { signal }), hangUp(socket, signal)]);
  } finally {
    socket.destroy();
  }
}

/** Rejects when the server goes without a word, as one that speaks TLS only does to an address without it. */
async function hangUp(socket: Socket, signal: AbortSignal): Promise<never> {
  await once(socket, 'close', { signal });
  throw new Error('hung up without an answer');
}

async function askHttp(address: URL, signal: AbortSignal): Promise<void> {
  const { status, body } = await fetch(address, { signal, redirect: 'manual' });
  await body?.cancel();
  if (status >= 500) throw new Error(`answered ${status}`);
}

function open({ hostname, port }: URL, protocol: string): Socket {
  const host = hostname.replace(/^\[|\]$/g, '');
  const target = { host, port: Number(port) || (PORTS[protocol] ?? 0) };
  return protocol === 'rediss' || protocol === 'amqps'
    ? connectSecurely({ ...target, ...(isIP(host) ? {} : { servername: host }) })
    : connectPlain(target);
}
