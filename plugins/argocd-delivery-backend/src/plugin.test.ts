import type { Server } from 'node:http';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import request from 'supertest';
import { argocdDeliveryPlugin } from './plugin';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web', namespace: 'default', annotations: { 'argocd/app-name': 'web' } },
};

const WEB = {
  metadata: { name: 'web', namespace: 'argocd' },
  spec: { project: 'default', source: { repoURL: 'https://git.example/shop/web' } },
  status: { sync: { status: 'OutOfSync' }, health: { status: 'Healthy' } },
};

const PATH = '/api/argocd-delivery/v1/entities/default/component/web';

/** Argo CD as far as the plugin uses it; records what is asked of it. */
function fakeArgoCd(
  calls: { url: string; body?: string }[],
  streams: ReadableStreamDefaultController[],
  application: object,
) {
  return jest.fn(async (url: string, init?: RequestInit) => {
    calls.push({ url, ...(init?.body ? { body: String(init.body) } : {}) });
    if (url.includes('/stream/')) {
      const stream = new ReadableStream({
        start: controller => {
          streams.push(controller);
          controller.enqueue(
            new TextEncoder().encode(
              `data: ${JSON.stringify({ result: { type: 'ADDED', application } })}\n\n`,
            ),
          );
          init?.signal?.addEventListener('abort', () => controller.error(init.signal!.reason));
        },
      });
      return new Response(stream);
    }
    return Response.json(url.includes('/sync') ? application : { items: [application] });
  });
}

async function start(
  result: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
  application: object = WEB,
) {
  const calls: { url: string; body?: string }[] = [];
  const auditor = mockServices.auditor.mock();
  const event = { success: jest.fn(), fail: jest.fn() };
  auditor.createEvent.mockResolvedValue(event);
  const streams: ReadableStreamDefaultController[] = [];
  const publish = jest.fn(async (_: unknown) => undefined);
  jest
    .spyOn(globalThis, 'fetch')
    .mockImplementation(fakeArgoCd(calls, streams, application) as never);
  const backend = await startTestBackend({
    features: [
      argocdDeliveryPlugin,
      auditor.factory,
      catalogServiceMock.factory({ entities: [entity] }),
      mockServices.permissions.factory({ result }),
      mockServices.rootConfig.factory({
        data: {
          argocdDelivery: {
            sources: [
              { name: 'prod', type: 'api', url: 'http://argocd.test', token: 'secret-token' },
            ],
          },
        },
      }),
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({ publish }),
      }),
    ],
  });
  await until(
    async () => (await request(backend.server).get(PATH)).body.applications?.length === 1,
  );
  return {
    server: backend.server as unknown as Server,
    stop: () => backend.stop(),
    calls,
    auditor,
    event,
    streams,
    publish,
  };
}

async function until(holds: () => Promise<boolean>) {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await new Promise(done => setTimeout(done, 20));
  }
  throw new Error('it did not come to pass within 2 s');
}

describe('argocd-delivery', () => {
  afterEach(() => jest.restoreAllMocks());

  it('answers by entity and syncs for whoever may', async () => {
    const { server, calls, event, stop } = await start(AuthorizeResult.ALLOW);
    const { body } = await request(server).get(PATH).expect(200);
    expect(body).toMatchObject({
      applications: [
        { name: 'web', sync: { status: 'OutOfSync' }, actions: { sync: { allowed: true } } },
      ],
      sources: [{ name: 'prod', state: 'live' }],
    });
    expect(JSON.stringify(body)).not.toContain('secret-token');

    await request(server)
      .post(`${PATH}/applications/${body.applications[0].id}/sync`)
      .send({ prune: true })
      .expect(202);
    const sync = calls.find(({ url }) => url.endsWith('/api/v1/applications/web/sync'))!;
    expect(JSON.parse(sync.body!)).toMatchObject({
      prune: true,
      infos: [{ name: 'Backstage user', value: 'user:default/mock' }],
    });
    expect(event.success).toHaveBeenCalledWith({ meta: { application: 'web' } });
    await stop();
  });

  it('refuses whoever may not, audits it, and sends nothing', async () => {
    const { server, calls, event, stop } = await start(AuthorizeResult.DENY);
    const { body } = await request(server).get(PATH);
    expect(body.applications[0].actions.sync).toEqual({ allowed: false, reason: 'not-permitted' });
    await request(server)
      .post(`${PATH}/applications/${body.applications[0].id}/sync`)
      .send({})
      .expect(403);
    expect(event.fail).toHaveBeenCalled();
    expect(calls.filter(({ url }) => url.includes('/sync'))).toEqual([]);
    await stop();
  });

  it('shows an application that belongs to another entity, and does not sync it', async () => {
    const annotations = { 'backstage.io/entity-ref': 'component:payments' };
    const claimed = { ...WEB, metadata: { ...WEB.metadata, annotations } };
    const { server, calls, stop } = await start(AuthorizeResult.ALLOW, claimed);
    const { body } = await request(server).get(PATH).expect(200);
    const [{ id, actions }] = body.applications;
    expect(actions.sync).toEqual({ allowed: false, reason: 'another-entity' });
    const { body: refused } = await request(server)
      .post(`${PATH}/applications/${id}/sync`)
      .send({ prune: true })
      .expect(403);
    expect(refused.error.message).toContain('web belongs to component:default/payments');
    expect(calls.filter(({ url }) => url.includes('/sync'))).toEqual([]);
    await stop();
  });

  it('tells open pages when Argo CD goes away', async () => {
    const { server, streams, publish, stop } = await start(AuthorizeResult.ALLOW);
    publish.mockClear();
    streams[0].error(new Error('reset'));
    await until(async () => publish.mock.calls.length > 0);
    expect(publish.mock.calls[0]).toMatchObject([
      { message: { type: 'entities-changed', entityRefs: ['component:default/web'] } },
    ]);
    const { body } = await request(server).get(PATH);
    expect(body.sources).toMatchObject([{ name: 'prod', state: 'stale' }]);
    await stop();
  });

  it('knows no entity or application by the word of a client alone', async () => {
    const { server, calls, stop } = await start(AuthorizeResult.ALLOW);
    await request(server)
      .get('/api/argocd-delivery/v1/entities/default/component/other')
      .expect(404);
    for (const hostile of [
      'web',
      '..%2F..%2Faccount',
      '%2e%2e',
      'a'.repeat(300),
      '💥',
      "' or 1=1",
    ]) {
      await request(server)
        .post(`${PATH}/applications/${encodeURIComponent(hostile)}/sync`)
        .send({})
        .expect(404);
    }
    await request(server).post(`${PATH}/applications/x/sync`).send({ prune: 'yes' }).expect(400);
    await request(server).get(PATH).set('authorization', mockCredentials.none.header()).expect(401);
    expect(calls.filter(({ url }) => url.includes('/sync'))).toEqual([]);
    await stop();
  });
});
