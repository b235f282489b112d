import { buildGraph, type Coverage, type KubeObject } from '@waymark/kube-graph';
import { judgeSubject } from './judgeSubject';

const NOW = new Date('2026-11-21T10:00:00Z');
const HOUR_AGO = '2026-11-21T09:00:00Z';
const labels = { app: 'web' };

const serviceWith = (spec: object, creationTimestamp = HOUR_AGO) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web', namespace: 'shop', labels, creationTimestamp },
  spec: { ports: [{ port: 80 }], ...spec },
});
const endpoints = (ready: boolean) => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: {
    name: 'web-1',
    namespace: 'shop',
    labels: { 'kubernetes.io/service-name': 'web' },
  },
  addressType: 'IPv4',
  endpoints: [{ addresses: ['10.0.0.1'], conditions: { ready, serving: ready } }],
});
const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'd' },
  spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: {} } },
};

function judgeService(objects: readonly object[], unread?: string) {
  const missing: Coverage = { state: 'missing', reason: 'forbidden', message: 'no' };
  const coverage = (kind: string): Coverage => (kind === unread ? missing : { state: 'complete' });
  const graph = buildGraph(objects as KubeObject[], { coverage });
  return judgeSubject(graph, '/Service/shop/web', { cluster: 'eu', now: NOW });
}

describe('judgeSubject, of a Service', () => {
  it.each<[string, object[], string, string | undefined, number]>([
    [
      'whose workload is gone',
      [serviceWith({ selector: labels })],
      'down',
      'service-selects-nothing',
      0,
    ],
    ['without selector and endpoints', [serviceWith({})], 'down', 'service-without-endpoints', 0],
    [
      'that was just created',
      [serviceWith({ selector: labels }, '2026-11-21T09:59:30Z')],
      'progressing',
      undefined,
      0,
    ],
    [
      'whose last endpoint is draining',
      [serviceWith({ selector: labels }), endpoints(false)],
      'progressing',
      undefined,
      1,
    ],
  ])('tells one %s', (_, objects, status, code, desired) => {
    const { verdict, facts } = judgeService(objects)!.health!;
    expect(verdict.status).toBe(status);
    expect(verdict.cause?.code).toBe(code);
    expect(facts).toMatchObject({
      workload: { kind: 'Service', name: 'web' },
      replicas: { desired, ready: 0 },
      services: [{ readyEndpoints: 0, totalEndpoints: desired }],
    });
  });

  it('judges it again when its minute is over', () => {
    const created = serviceWith({ selector: labels }, '2026-11-21T09:59:30Z');
    expect(judgeService([created])!.health!.verdict.recheckAt).toBe('2026-11-21T10:00:30.000Z');
  });

  it.each<[string, object[]]>([
    [
      'leads out of the cluster',
      [serviceWith({ type: 'ExternalName', externalName: 'db.example' })],
    ],
    ['has endpoints that somebody keeps by hand', [serviceWith({}), endpoints(true)]],
    ['belongs to a workload', [serviceWith({ selector: labels }), deployment]],
  ])('gives none to one that %s', (_, objects) => {
    expect(judgeService(objects)?.health).toBeUndefined();
  });

  it('does not know what it may not read', () => {
    const { verdict } = judgeService([serviceWith({ selector: labels })], 'EndpointSlice')!.health!;
    expect(verdict.status).toBe('unknown');
    expect(verdict.gaps).toEqual([{ kind: 'EndpointSlice', message: 'no' }]);
  });
});
