import type { EntityHealth } from '../wire';

const lastContact = '2026-11-21T10:00:00.000Z';
const deployment = { group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'web' };

/**
 * What the backend answers 40 s after the API server of the cluster died under a healthy workload. The backend's tests
 * hold it against the router's answer; the card's tests render it.
 */
export const clusterGone: EntityHealth = {
  entityRef: 'component:default/web',
  status: 'unknown',
  mapping: { by: 'name', selectors: ['app.kubernetes.io/name=web'] },
  workloads: [
    {
      cluster: 'eu',
      workload: deployment,
      status: 'unknown',
      since: lastContact,
      lastKnown: { status: 'healthy', since: lastContact },
      symptoms: [],
      gaps: [],
      facts: {
        workload: deployment,
        revision: '1',
        replicas: { desired: 3, ready: 3, updated: 3, total: 3 },
        images: [{ container: 'main', image: 'web:1' }],
        recentRestarts: 0,
        pods: [
          {
            status: 'healthy',
            state: 'Running',
            count: 3,
            examples: [{ name: 'web-1', restarts: 0 }],
          },
        ],
        disruptionBudgets: [],
        services: [
          {
            service: { group: '', kind: 'Service', namespace: 'shop', name: 'web' },
            readyEndpoints: 3,
            totalEndpoints: 3,
          },
        ],
      },
    },
  ],
  clusters: [
    {
      name: 'eu',
      title: 'Europe',
      state: 'stale',
      lastContact,
      message: 'connect ECONNREFUSED 10.0.0.1:443',
      nextStep:
        'See that the API server of eu runs, and that the portal reaches the url that kubernetes.clusterLocatorMethods has for it.',
      forbidden: [],
    },
    { name: 'us', state: 'listing', forbidden: [] },
  ],
  readiness: {
    gate: 'fail',
    levels: [
      { level: 'deployable', pass: 1, fail: 0, unknown: 0, reached: true },
      { level: 'resilient', pass: 0, fail: 1, unknown: 0, reached: false },
      { level: 'secure', pass: 0, fail: 0, unknown: 0, reached: false },
      { level: 'efficient', pass: 0, fail: 0, unknown: 0, reached: false },
    ],
    findings: [
      {
        rule: 'replicas-single',
        code: 'single',
        args: { workload: 'Deployment/web', replicas: 1, service: 'web' },
        severity: 'error',
        level: 'resilient',
        cluster: 'eu',
        subject: deployment,
        path: '/spec/replicas',
        actual: 1,
        fingerprint: 'f',
      },
    ],
    total: 1,
    undecided: [],
  },
  at: '2026-11-21T10:00:40.000Z',
};
