import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  entityHealthSchema,
  entityStatusesSchema,
} from '@waymark/backstage-plugin-workload-health-common';
import { clusterGone } from '@waymark/backstage-plugin-workload-health-common/examples';
import { ManualClock } from '@waymark/cluster-watch';
import type { Status, WorkloadFacts } from '@waymark/health';
import express, { type Express } from 'express';
import request from 'supertest';
import { SubjectDetailsReader } from './answers/SubjectDetails';
import { SubjectDirectory } from './answers/SubjectDirectory';
import { VisibleEntities } from './answers/VisibleEntities';
import { WorkloadHealthService } from './answers/WorkloadHealthService';
import { nextRecord } from './collector/nextRecord';
import type { SubjectReadiness } from './collector/SubjectReadiness';
import type { CollectedState } from './collector/VerdictStore';
import { DatabaseVerdictStore } from './database/DatabaseVerdictStore';
import { openDatabase } from './database/openDatabase';
import { EntityDirectory } from './entities/EntityDirectory';
import { EntitySelectorStore } from './entities/EntitySelectorStore';
import { DatabaseLeaseStore } from './leases/DatabaseLeaseStore';
import { createRouter } from './router';

const START = '2026-11-21T10:00:00.000Z';

const component = (name: string, annotations: Record<string, string> = {}): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, annotations },
});
const ENTITIES = [
  component('web'),
  component('empty'),
  component('secret', { 'backstage.io/kubernetes-label-selector': 'app.kubernetes.io/name=web' }),
  component('abroad', {
    'backstage.io/kubernetes-id': 'abroad',
    'backstage.io/kubernetes-cluster': 'us',
  }),
  component('astray', {
    'backstage.io/kubernetes-label-selector': 'app.kubernetes.io/name=web',
    'backstage.io/kubernetes-cluster': 'eu,mars',
  }),
];

const READINESS: SubjectReadiness = {
  passed: { deployable: ['config-ref-missing apps/Deployment/shop/web'] },
  open: [
    {
      rule: 'replicas-single',
      level: 'resilient',
      severity: 'error',
      verdict: 'fail',
      gaps: [],
      findings: [
        {
          rule: 'replicas-single',
          code: 'single',
          args: { workload: 'Deployment/web', replicas: 1, service: 'web' },
          severity: 'error',
          level: 'resilient',
          subject: { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' },
          path: '/spec/replicas',
          actual: 1,
          fingerprint: 'f',
        },
      ],
    },
  ],
};

describe('router', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let app: Express;
  let clock: ManualClock;
  let store: DatabaseVerdictStore;
  let catalog: ReturnType<typeof catalogServiceMock.mock>;
  let selectors: EntitySelectorStore;

  const writeState = (state: Partial<CollectedState> = {}) =>
    store.writeState({
      cluster: 'eu',
      state: 'live',
      lastContact: new Date(clock.now()),
      fitAt: new Date(clock.now()),
      kinds: {},
      ...state,
    });

  async function write(
    status: Status,
    { image = 'web:1', revision = '1', name = 'web', cluster = 'eu' } = {},
  ) {
    const workload = { group: 'apps', kind: 'Deployment', namespace: 'shop', name };
    const subject = `apps/Deployment/shop/${name}`;
    const known = (await store.known(cluster)).find(candidate => candidate.subject === subject);
    const facts: WorkloadFacts = {
      workload,
      revision,
      replicas: { desired: 3, ready: status === 'healthy' ? 3 : 0, updated: 3, total: 3 },
      images: [{ container: 'main', image }],
      recentRestarts: 0,
      pods: [{ status, state: 'Running', count: 3, examples: [{ name: 'web-1', restarts: 0 }] }],
      disruptionBudgets: [],
      services: [
        {
          service: { group: '', kind: 'Service', namespace: 'shop', name },
          readyEndpoints: 3,
          totalEndpoints: 3,
        },
      ],
    };
    const cause = {
      code: 'image-not-found',
      args: { image },
      evidence: [{ object: workload, path: '/spec', value: image }],
    };
    const { record, transition } = nextRecord(
      known,
      {
        subject,
        owned: { cluster, namespace: 'shop', labels: { 'app.kubernetes.io/name': name } },
        readiness: READINESS,
        health: {
          facts,
          verdict: {
            subject: workload,
            status,
            symptoms: [],
            gaps: [],
            ...(status === 'down' && { cause }),
          },
        },
      },
      new Date(clock.now()),
    )!;
    await store.write(cluster, {
      records: [record],
      gone: [],
      transitions: transition ? [transition] : [],
    });
  }

  beforeEach(async () => {
    clock = new ManualClock(START);
    const knex = await openDatabase(
      mockServices.database({ knex: await databases.init('SQLITE_3') }),
    );
    const owned = { knex, clock, owner: 'a' };
    const leases = new DatabaseLeaseStore(owned);
    for (const cluster of ['eu', 'sold']) await leases.acquire(cluster);
    store = new DatabaseVerdictStore(owned);
    selectors = new EntitySelectorStore(owned);
    catalog = catalogServiceMock.mock({
      getEntitiesByRefs: async ({ entityRefs }, options) => ({
        items: entityRefs.map(ref => {
          const { credentials } = options as { credentials: BackstageCredentials };
          const { userEntityRef } = credentials.principal as { userEntityRef?: string };
          const hidden = ref.endsWith('/secret') && userEntityRef !== 'user:default/admin';
          return hidden ? undefined : ENTITIES.find(entity => stringifyEntityRef(entity) === ref);
        }),
      }),
    });
    const service = new WorkloadHealthService({
      clusters: [{ name: 'eu', title: 'Europe' }, { name: 'us' }],
      directory: new SubjectDirectory(owned),
      details: new SubjectDetailsReader(knex),
      entities: new EntityDirectory({ store: selectors, clock }),
      clock,
      logger: mockServices.logger.mock(),
    });
    const visible = new VisibleEntities({
      auth: mockServices.auth(),
      catalog,
      permissions: mockServices.permissions({ result: AuthorizeResult.DENY }),
      clock,
    });
    app = express()
      .use(createRouter({ service, visible, httpAuth: mockServices.httpAuth() }))
      .use(mockErrorHandler());
    await writeState();
  });

  const get = (name: string) => request(app).get(`/v1/entities/default/component/${name}`);

  it('answers with workloads, cause, what changed, clusters and readiness', async () => {
    await write('healthy');
    clock.advance(60_000);
    await write('progressing', { image: 'web:2', revision: '2' });
    clock.advance(60_000);
    await write('down', { image: 'web:2', revision: '2' });
    await writeState({
      kinds: { Node: { state: 'forbidden', verb: 'list', resource: 'nodes', message: 'no' } },
    });

    const { body, status } = await get('web');
    expect(status).toBe(200);
    expect(entityHealthSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      entityRef: 'component:default/web',
      status: 'down',
      mapping: { by: 'name', selectors: ['app.kubernetes.io/name=web'] },
      workloads: [
        {
          cluster: 'eu',
          status: 'down',
          since: '2026-11-21T10:02:00.000Z',
          cause: { code: 'image-not-found' },
          changedBefore: {
            at: '2026-11-21T10:01:00.000Z',
            revision: { from: '1', to: '2' },
            images: [{ container: 'main', from: 'web:1', to: 'web:2' }],
          },
        },
      ],
      clusters: [
        {
          name: 'eu',
          title: 'Europe',
          state: 'live',
          lastContact: '2026-11-21T10:02:00.000Z',
          forbidden: [{ kind: 'Node', verb: 'list', resource: 'nodes', message: 'no' }],
        },
        { name: 'us', state: 'listing' },
      ],
      readiness: { gate: 'fail', total: 1, findings: [{ rule: 'replicas-single', cluster: 'eu' }] },
    });
    expect(body.readiness.levels[0]).toMatchObject({ level: 'deployable', pass: 1, reached: true });
    expect(await selectors.read()).toMatchObject([{ entityRef: 'component:default/web' }]);
  });

  it('shows unknown with the last known state and its age when the cluster is not heard', async () => {
    await write('healthy');
    clock.advance(40_000);
    const message = 'connect ECONNREFUSED 10.0.0.1:443';
    await writeState({ state: 'stale', message, lastContact: new Date(START) });
    const { body } = await get('web');
    expect(entityHealthSchema.parse(body)).toEqual(body);
    expect(body).toEqual(clusterGone);
    const statuses = await request(app)
      .post('/v1/entities/by-refs')
      .send({ entityRefs: ['component:default/web'] });
    expect(statuses.body.items).toEqual([
      { entityRef: 'component:default/web', status: 'unknown', since: START, staleSince: START },
    ]);
    await writeState();
    const { body: back } = await get('web');
    expect(back).toMatchObject({ status: 'healthy', workloads: [{ status: 'healthy' }] });
    expect(back.workloads[0]).not.toHaveProperty('lastKnown');
  });

  it('tells an entity without workloads from one of which nothing is known', async () => {
    const empty = await get('empty');
    expect(empty.body.workloads).toEqual([]);
    expect(empty.body.status).toBeUndefined();
    const abroad = await get('abroad');
    expect(abroad.body).toMatchObject({ status: 'unknown', clusters: [{ name: 'us' }] });
  });

  it('shows a workload that was deleted to nobody, least of all as healthy', async () => {
    await write('healthy');
    const gone = ['apps/Deployment/shop/web'];
    await store.write('eu', { records: [], gone, transitions: [] });
    const { body } = await get('web');
    expect(body.workloads).toEqual([]);
    expect(body.status).toBeUndefined();
  });

  it('says of a cluster that refuses an expired token which one, why and what to do', async () => {
    await write('healthy');
    await writeState({ state: 'unauthorised', message: 'Unauthorized' });
    const { body } = await get('web');
    expect(entityHealthSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      status: 'unknown',
      workloads: [{ status: 'unknown', since: START, lastKnown: { status: 'healthy' } }],
      clusters: [
        {
          name: 'eu',
          state: 'unauthorised',
          message: 'Unauthorized',
          nextStep: expect.stringMatching(/^Renew the credentials .* for eu/),
        },
        { name: 'us' },
      ],
    });
  });

  it('leaves out what it knew of a cluster that was taken out of the configuration', async () => {
    await write('healthy');
    await write('down', { cluster: 'sold' });
    const { body } = await get('web');
    expect(body).toMatchObject({ status: 'healthy', workloads: [{ cluster: 'eu' }] });
    const statuses = await request(app)
      .post('/v1/entities/by-refs')
      .send({ entityRefs: ['component:default/web'] });
    expect(statuses.body.items).toMatchObject([{ status: 'healthy' }]);
  });

  it('does not take last night for today because the API server answers', async () => {
    await write('healthy');
    clock.advance(8 * 3_600_000);
    await writeState({ state: 'listing', fitAt: undefined });
    const { body } = await get('web');
    expect(body).toMatchObject({
      status: 'unknown',
      workloads: [{ status: 'unknown', lastKnown: { status: 'healthy', since: START } }],
    });
  });

  it('names a cluster that nobody configured, and shows the rest', async () => {
    await write('healthy');
    const { body } = await get('astray');
    expect(entityHealthSchema.parse(body)).toEqual(body);
    expect(body).toMatchObject({
      status: 'unknown',
      workloads: [{ cluster: 'eu', status: 'healthy' }],
      clusters: [
        { name: 'eu', state: 'live' },
        {
          name: 'mars',
          state: 'unknown',
          message: "no cluster 'mars' is configured; there are eu, us",
          nextStep: expect.stringMatching(/kubernetes-cluster .* or add mars to kubernetes\./),
        },
      ],
    });
  });

  it('answers 304 until something differs', async () => {
    await write('healthy');
    const { headers } = await get('web');
    clock.advance(2_000);
    const again = await get('web').set('if-none-match', headers.etag);
    expect(again.status).toBe(304);
    await write('down');
    expect((await get('web').set('if-none-match', headers.etag)).status).toBe(200);
  });

  it('hides what the catalog does not show the caller', async () => {
    await write('healthy');
    expect((await get('secret')).status).toBe(404);
    const asAdmin = mockCredentials.user.header('user:default/admin');
    expect((await get('secret').set('authorization', asAdmin)).status).toBe(200);
    expect((await get('secret')).status).toBe(404);
    const refs = ['default/web', 'default/secret', 'default/none', '../web'].map(
      ref => `component:${ref}`,
    );
    const { body } = await request(app).post('/v1/entities/by-refs').send({ entityRefs: refs });
    expect(body.items.map(({ entityRef }: { entityRef: string }) => entityRef)).toEqual([refs[0]]);
    expect(entityStatusesSchema.parse(body)).toEqual(body);
  });

  it('refuses whoever is not signed in', async () => {
    const nobody = mockCredentials.none.header();
    for (const path of ['/v1/clusters', '/v1/entities/default/component/web'])
      expect((await request(app).get(path).set('authorization', nobody)).status).toBe(401);
    const posted = request(app).post('/v1/entities/by-refs').set('authorization', nobody);
    expect((await posted.send({ entityRefs: ['component:a/b'] })).status).toBe(401);
  });

  it.each([
    '..%2F..%2Fetc%2Fpasswd',
    'a%00b',
    `${'x'.repeat(300)}`,
    '%F0%9F%9A%A2',
    '%22quoted%22',
    'none',
  ])('finds nothing under the name %s, without asking the catalog for nonsense', async name => {
    expect((await get(name)).status).toBe(404);
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(name === 'none' ? 1 : 0);
  });

  it.each<[string, unknown]>([
    ['no body', undefined],
    ['no refs', { entityRefs: [] }],
    ['too many refs', { entityRefs: Array.from({ length: 1_001 }, (_, n) => `component:a/b${n}`) }],
    ['a ref that is none', { entityRefs: ['web'] }],
    ['no strings', { entityRefs: [{ $ne: null }] }],
  ])('refuses %s', async (_, body) => {
    const { status } = await request(app)
      .post('/v1/entities/by-refs')
      .send(body as object);
    expect(status).toBe(400);
  });

  it('asks the catalog once for a page whose cards come together, and again when that has aged', async () => {
    await get('web');
    await get('web');
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(1);
    clock.advance(5_000);
    await get('web');
    expect(catalog.getEntitiesByRefs).toHaveBeenCalledTimes(2);
  });

  it('lists the clusters', async () => {
    const { body } = await request(app).get('/v1/clusters');
    expect(
      body.items.map(({ name, state }: { name: string; state: string }) => [name, state]),
    ).toEqual([
      ['eu', 'live'],
      ['us', 'listing'],
    ]);
  });
});
