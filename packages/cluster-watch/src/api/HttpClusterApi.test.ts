import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ManualClock } from '../clock';
import type { ClusterCredentials } from '../credentials';
import type { ApiRequest } from './ApiRequest';
import { HttpClusterApi } from './HttpClusterApi';

const JSON_TYPE = { 'content-type': 'application/json' };

/** On real connections: what only they can do wrong. */
describe('HttpClusterApi', () => {
  let server: Server;
  let api: HttpClusterApi;
  let clock: ManualClock;
  let credentials: ClusterCredentials[];
  let recorded: ApiRequest[];
  const caller = new AbortController();
  const limits = { signal: caller.signal, timeoutMs: 5_000 };

  async function serve(answer: RequestListener) {
    server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    clock = new ManualClock('2026-11-21T10:00:00Z');
    credentials = [{ bearerToken: 'first' }];
    recorded = [];
    api = new HttpClusterApi({
      target: { url: `http://127.0.0.1:${port}/`, tls: { skipVerify: false } },
      credentials: {
        get: async () => credentials[0],
        invalidate: () => {
          if (credentials.length > 1) credentials.shift();
        },
      },
      clock,
      record: request => recorded.push(request),
    });
  }

  afterEach(async () => {
    await api.close();
    server.closeAllConnections();
    server.close();
  });

  it('reads an answer with the credentials of the moment', async () => {
    await serve((request, response) => {
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(request.headers));
    });
    expect(await api.get('/version', limits)).toMatchObject({
      authorization: 'Bearer first',
      accept: 'application/json',
    });
    expect(clock.pending).toBe(0);
  });

  it('tries once with new credentials when those were refused, and no more', async () => {
    const seen: (string | undefined)[] = [];
    await serve(({ headers }, response) => {
      seen.push(headers.authorization);
      const accepted = headers.authorization === 'Bearer second';
      response.writeHead(accepted ? 200 : 401, JSON_TYPE).end('{}');
    });
    await expect(api.get('/', limits)).rejects.toMatchObject({ failure: { type: 'unauthorised' } });
    credentials.push({ bearerToken: 'second' });
    expect(await api.get('/', limits)).toEqual({});
    expect(seen).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
    expect(recorded.map(({ code }) => code)).toEqual([401, 401, 200]);
  });

  it('follows no redirect with its token', async () => {
    await serve((_, response) => {
      response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end();
    });
    await expect(api.get('/', limits)).rejects.toMatchObject({ failure: { type: 'malformed' } });
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['has not begun', () => undefined],
    ['drips', response => response.writeHead(200, JSON_TYPE).write('{"kind": ')],
  ])('gives an answer that %s its time and no more', async (_, answer) => {
    let arrived = () => {};
    const arrival = new Promise<void>(resolve => {
      arrived = resolve;
    });
    await serve((_request, response) => {
      answer(response);
      arrived();
    });
    const failure = api.get('/', limits).catch(error => error.failure);
    await arrival;
    clock.advance(5_000);
    expect(await failure).toEqual({ type: 'timeout', message: 'no complete answer within 5 s' });
  });

  it.each<[string, (response: ServerResponse) => void, string]>([
    ['before it answers', response => response.destroy(), 'other side closed'],
    [
      'in the middle of an answer',
      response => {
        response.writeHead(200, { ...JSON_TYPE, 'content-length': 99 }).write('{', () => {
          response.destroy();
        });
      },
      'other side closed',
    ],
  ])('says why a connection ended %s', async (_, answer, message) => {
    await serve((_request, response) => answer(response));
    await expect(api.get('/', limits)).rejects.toMatchObject({
      failure: { type: 'unreachable', message },
    });
  });

  it('says when nobody listens', async () => {
    await serve(() => undefined);
    server.close();
    await once(server, 'close');
    await expect(api.get('/api/v1/pods', limits)).rejects.toMatchObject({
      failure: { type: 'unreachable', message: expect.stringContaining('ECONNREFUSED') },
    });
    expect(recorded).toEqual([{ verb: 'list', resource: 'pods' }]);
  });

  it('streams lines beyond the time for their beginning, until the caller leaves', async () => {
    let closed = () => {};
    const end = new Promise<void>(resolve => {
      closed = resolve;
    });
    let write: (text: string) => void = () => {};
    await serve((_, response) => {
      response.on('close', closed);
      response.writeHead(200, JSON_TYPE);
      write = text => response.write(text);
      write('{"a":1}\n{"b":');
    });
    const leaving = new AbortController();
    const lines = (await api.lines('/', { ...limits, signal: leaving.signal }))[
      Symbol.asyncIterator
    ]();
    expect((await lines.next()).value).toEqual(['{"a":1}']);
    clock.advance(60_000);
    write('2}\n');
    expect((await lines.next()).value).toEqual(['{"b":2}']);
    leaving.abort();
    await expect(lines.next()).rejects.toMatchObject({ failure: { type: 'unreachable' } });
    await end;
  });
});
