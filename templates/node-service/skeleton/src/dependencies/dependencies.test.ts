import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { test, type TestContext } from 'node:test';
import { createLogger } from '../observe/logger.ts';
import { Metrics } from '../observe/Metrics.ts';
import { DependencyMonitor } from './DependencyMonitor.ts';
import { ask } from './ask.ts';

async function serve(t: TestContext, onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer(onSocket).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const soon = (ms = 3000) => AbortSignal.timeout(ms);

test('an answer in the own protocol counts, an open port does not', async t => {
  const alive = await serve(t, socket => socket.once('data', () => socket.end('+PONG\r\n')));
  const frozen = await serve(t, socket => t.after(() => socket.destroy()));
  await ask(new URL(`redis://127.0.0.1:${alive}`), soon());
  await assert.rejects(ask(new URL(`redis://127.0.0.1:${frozen}`), soon(300)));
  await assert.rejects(ask(new URL('postgresql://127.0.0.1:1'), soon()));
});

test('a server that hangs up is no answer, and is said at once', async t => {
  const hangsUp = await serve(t, socket => socket.once('data', () => socket.end()));
  await assert.rejects(
    ask(new URL(`amqp://127.0.0.1:${hangsUp}`), soon()),
    /hung up without an answer/,
  );
});

test('an HTTP dependency may answer anything but a server error', async t => {
  const answering = (status: string) => (socket: Socket) => {
    socket.once('data', () =>
      socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`),
    );
  };
  await ask(new URL(`http://127.0.0.1:${await serve(t, answering('404 Not Found'))}`), soon());
  await assert.rejects(
    ask(new URL(`http://127.0.0.1:${await serve(t, answering('500 Oh'))}`), soon()),
    /answered 500/,
  );
});

test('only a required dependency holds back readiness, and every one shows as a metric', async () => {
  const metrics = new Metrics();
  const down = new Set(['tcp://optional:1']);
  const monitor = new DependencyMonitor({
    dependencies: [
      { name: 'needed', variable: 'A', required: true, address: new URL('tcp://needed:1') },
      { name: 'optional', variable: 'B', required: false, address: new URL('tcp://optional:1') },
    ],
    ask: async address => {
      if (down.has(address.href)) throw new Error('refused');
    },
    metrics,
    log: createLogger('silent'),
  });
  assert.equal(monitor.satisfied, false, 'not asked yet is not up');

  await monitor.checkAll();
  assert.equal(monitor.satisfied, true);
  assert.match(await metrics.registry.metrics(), /dependency_up\{dependency="optional"\} 0/);

  down.add('tcp://needed:1');
  await monitor.checkAll();
  assert.equal(monitor.satisfied, false);
  assert.deepEqual(monitor.states[0], {
    name: 'needed',
    required: true,
    state: 'down',
    reason: 'refused',
  });
});
