import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { withKind, withTls } from './Dependency';
import { dependencyOfEntity } from './dependencyOfEntity';
import { formatAddress } from './formatAddress';
import { parseAddress } from './parseAddress';

describe('what is typed', () => {
  it.each([
    {
      text: 'orders.abc123.eu-west-1.rds.amazonaws.com:5432',
      is: {
        name: 'orders',
        host: 'orders.abc123.eu-west-1.rds.amazonaws.com',
        port: 5432,
        type: 'postgresql',
        required: true,
      },
    },
    {
      text: ' HTTPS://Api.Tax.example.com/ ',
      is: { name: 'api', host: 'api.tax.example.com', port: 443, type: 'https', required: false },
    },
    {
      text: 'postgres://db.example.com:6000',
      is: { name: 'db', host: 'db.example.com', port: 6000, type: 'postgresql', required: true },
    },
    {
      text: 'mongodb+srv://cluster.mongodb.net',
      is: {
        name: 'cluster',
        host: 'cluster.mongodb.net',
        port: 27017,
        type: 'mongodb',
        required: true,
      },
    },
    {
      text: 'stock.warehouse.svc.cluster.local:9000',
      is: { name: 'stock', namespace: 'warehouse', port: 9000 },
    },
    {
      text: 'stock.warehouse.svc:8080',
      is: { name: 'stock', namespace: 'warehouse', port: 8080, type: 'service', required: false },
    },
    {
      text: 'legacy-db:3306',
      is: { name: 'legacy-db', port: 3306, type: 'mysql', required: true },
    },
    { text: 'legacy', is: { name: 'legacy' } },
    {
      text: '10.1.2.3:6379',
      is: { name: 'at-10-1-2-3', host: '10.1.2.3', port: 6379, type: 'redis', required: true },
    },
    {
      text: 'amqps://b-1.mq.eu-west-1.amazonaws.com',
      is: {
        name: 'b-1',
        host: 'b-1.mq.eu-west-1.amazonaws.com',
        port: 5671,
        type: 'rabbitmq',
        tls: true,
        required: true,
      },
    },
    {
      text: 'jobs:5671',
      is: { name: 'jobs', port: 5671, type: 'rabbitmq', tls: true, required: true },
    },
    {
      text: 'rediss://sessions.abc.serverless.euw1.cache.amazonaws.com',
      is: {
        name: 'sessions',
        host: 'sessions.abc.serverless.euw1.cache.amazonaws.com',
        port: 6379,
        type: 'redis',
        tls: true,
        required: true,
      },
    },
    {
      text: 'b-1.events.kafka.eu-west-1.amazonaws.com:9094',
      is: { name: 'b-1', host: 'b-1.events.kafka.eu-west-1.amazonaws.com', port: 9094 },
    },
  ])('$text', ({ text, is }) => expect(parseAddress(text)).toEqual(is));

  it.each([
    '',
    'Pay Ment',
    'db.example.com:0',
    'db:70000',
    'https://a.example/path',
    'user:pw@db:5432',
    '-x',
    '💥',
    'a'.repeat(300),
  ])('is no address: %s', text => expect(parseAddress(text)).toBeUndefined());
});

const entity = (
  kind: string,
  name: string,
  rest: { type?: string; tags?: string[]; annotations?: Record<string, string> },
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: { name, tags: rest.tags, annotations: rest.annotations },
  spec: { type: rest.type },
});

describe('what the catalog knows', () => {
  it.each([
    {
      of: entity('Component', 'payment', {
        type: 'service',
        annotations: { 'backstage.io/kubernetes-namespace': 'shop' },
      }),
      is: { name: 'payment', type: 'service', namespace: 'shop', port: 8080, required: false },
      at: 'payment.shop:8080',
    },
    {
      of: entity('Component', 'stock', {
        type: 'service',
        annotations: { 'waymark.dev/port': '9000' },
      }),
      is: { name: 'stock', type: 'service', port: 9000, required: false },
      at: 'stock:9000',
    },
    {
      of: entity('Resource', 'orders', {
        type: 'rds-postgres',
        annotations: {
          'waymark.dev/host': 'orders.abc.rds.amazonaws.com',
          'backstage.io/kubernetes-namespace': 'shop',
        },
      }),
      is: {
        name: 'orders',
        type: 'postgresql',
        host: 'orders.abc.rds.amazonaws.com',
        port: 5432,
        required: true,
      },
      at: 'orders.abc.rds.amazonaws.com:5432',
    },
    {
      of: entity('Resource', 'sessions', { type: 'cache', tags: ['valkey'] }),
      is: { name: 'sessions', type: 'redis', port: 6379, required: true },
      at: 'sessions:6379',
    },
    {
      of: entity('Resource', 'jobs', {
        type: 'rabbitmq',
        annotations: { 'waymark.dev/port': '5671' },
      }),
      is: { name: 'jobs', type: 'rabbitmq', tls: true, port: 5671, required: true },
      at: 'jobs:5671',
    },
    {
      of: entity('Resource', 'mysql', { type: 'database' }),
      is: { name: 'mysql', type: 'mysql', port: 3306, required: true },
      at: 'mysql:3306',
    },
    {
      of: entity('Resource', 'ledger', { type: 'database' }),
      is: { name: 'ledger' },
      at: 'ledger',
    },
    {
      of: entity('Resource', 'ledger', { annotations: { 'waymark.dev/port': 'many' } }),
      is: { name: 'ledger' },
      at: 'ledger',
    },
  ])('$of.metadata.name is at $at', ({ of, is, at }) => {
    expect(dependencyOfEntity(of)).toEqual({ entityRef: stringifyEntityRef(of), ...is });
    expect(formatAddress(dependencyOfEntity(of))).toBe(at);
  });
});

describe('another kind', () => {
  it('brings its own usual port', () =>
    expect(withKind({ name: 'db', type: 'mysql', port: 3306, required: true }, 'https')).toEqual({
      name: 'db',
      type: 'https',
      port: 443,
      required: false,
    }));

  it('leaves what was chosen', () =>
    expect(withKind({ name: 'db', port: 9000, required: true }, 'service')).toEqual({
      name: 'db',
      type: 'service',
      port: 9000,
      required: true,
    }));

  it('keeps TLS only where it is a choice', () =>
    expect(
      withKind({ name: 'jobs', type: 'rabbitmq', port: 5671, tls: true, required: true }, 'kafka'),
    ).toEqual({ name: 'jobs', type: 'kafka', port: 9092, required: true }));
});

describe('TLS', () => {
  const jobs = { name: 'jobs', type: 'rabbitmq', required: true } as const;

  it('brings its own usual port, and takes it away again', () => {
    const secured = withTls({ ...jobs, port: 5672 }, true);
    expect(secured).toEqual({ ...jobs, port: 5671, tls: true });
    expect(withTls(secured, false)).toEqual({ ...jobs, port: 5672, tls: false });
  });

  it('leaves a port that was chosen', () =>
    expect(withTls({ ...jobs, port: 9000 }, true)).toEqual({ ...jobs, port: 9000, tls: true }));
});
