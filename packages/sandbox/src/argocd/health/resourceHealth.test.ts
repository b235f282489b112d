import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { applicationHealth, resourceHealth } from './resourceHealth';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';

const corpus = join(
  process.env.WAYMARK_CORPORA ?? join(__dirname, '../../../../../../shared/corpora'),
  'argocd-health',
);
const objectAt = (path: string): KubeObject =>
  parse(readFileSync(join(corpus, path), 'utf8'), { uniqueKeys: false });

/** What gitops-engine's own health_test.go expects of the objects beside it, for the kinds that we judge. */
const verdicts: Readonly<Record<string, readonly string[]>> = {
  Healthy: [
    ...['statefulset', 'statefulset-ondelete', 'pvc-bound', 'svc-clusterip'],
    ...['svc-loadbalancer', 'svc-loadbalancer-nonemptylist', 'ingress', 'ingress-nonemptylist'],
    ...['job-succeeded', 'hpa-v2-healthy', 'pod-running-restart-always', 'pod-succeeded'],
  ],
  Progressing: [
    ...['deployment-progressing', 'pvc-pending', 'svc-loadbalancer-unassigned'],
    ...['ingress-unassigned', 'job-running', 'hpa-v2-progressing', 'pod-pending', 'pod-deletion'],
    ...['pod-running-not-ready', 'pod-running-restart-never', 'pod-running-restart-onfailure'],
  ],
  Degraded: [
    ...['deployment-degraded', 'job-failed', 'hpa-v2-degraded', 'pod-crashloop', 'pod-failed'],
    ...['pod-imagepullbackoff', 'pod-error'],
  ],
  Suspended: ['deployment-suspended', 'job-suspended'],
};

// The corpus lies beside the project: without it these cases are reported as skipped.
(existsSync(corpus) ? describe : describe.skip)('Health on the objects of Argo CD', () => {
  const named = Object.entries(verdicts).flatMap(([status, files]) =>
    files.map(file => [file, status] as const),
  );
  it.each(named)('%s is %s', (file, status) => {
    const object = objectAt(`gitops-engine/pkg/health/testdata/${file}.yaml`);
    expect(resourceHealth(object)?.status).toBe(status);
  });

  const scripted = ['batch/CronJob', 'policy/PodDisruptionBudget'].concat(
    'external-secrets.io/ExternalSecret',
    'keda.sh/ScaledObject',
  );
  it.each(scripted)('%s is judged as by its script, word for word', kind => {
    const folder = `resource_customizations/${kind}`;
    const { tests } = objectAt(`${folder}/health_test.yaml`) as unknown as {
      tests: { inputPath: string; healthStatus: { status: string; message?: string } }[];
    };
    const given = tests.map(({ inputPath }) => resourceHealth(objectAt(`${folder}/${inputPath}`)));
    expect(given.map(health => [health?.status, health?.message ?? ''])).toEqual(
      tests.map(({ healthStatus }) => [healthStatus.status, healthStatus.message ?? '']),
    );
  });
});

describe('applicationHealth', () => {
  const object = (apiVersion: string, kind: string, rest: object = {}): KubeObject => ({
    apiVersion,
    kind,
    metadata: { name: 'x' },
    ...rest,
  });
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap' };
  const lost = object('v1', 'PersistentVolumeClaim', { status: { phase: 'Lost' } });

  it.each([
    ['Healthy', 'nothing is deployed', []],
    ['Healthy', 'only kinds without health are missing', [configMap]],
    ['Missing', 'a kind with health is missing', [deployment, configMap]],
    ['Degraded', 'one is degraded and one missing', [deployment, { ...lost, live: lost }]],
    [
      'Healthy',
      'the sick one is marked to be ignored',
      [
        {
          ...lost,
          live: {
            ...lost,
            metadata: {
              name: 'x',
              annotations: { 'argocd.argoproj.io/ignore-healthcheck': 'true' },
            },
          },
        },
      ],
    ],
  ])('is %s when %s', (status, _why, resources) => {
    expect(applicationHealth(resources)).toBe(status);
  });
});
