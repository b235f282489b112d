import type { KubeObject } from '../objects/KubeObject';
import type { Job, StatefulSet } from '../objects/workload';
import { containerOf, startTestCluster, type TestCluster } from '../startTestCluster';

let test: TestCluster;
beforeEach(() => {
  test = startTestCluster();
});

const ref = (kind: string, name: string) => ({ kind, namespace: 'shop', name });
const workload = (name: string, podSpec: object = {}) => ({
  selector: { matchLabels: { app: name } },
  template: {
    metadata: { labels: { app: name } },
    spec: { containers: [containerOf()], ...podSpec },
  },
});
const names = (objects: readonly KubeObject[]) => objects.map(({ metadata }) => metadata.name);

describe('ReplicaSet', () => {
  it('reports a quota without room, retries ever more slowly, and goes on when there is room', () => {
    test.apply('ResourceQuota', 'compute', { spec: { hard: { 'requests.cpu': '100m' } } });
    test.deploy('web');
    test.pass(10);
    const [set] = test.cluster.list('ReplicaSet');
    const message = expect.stringMatching(
      /^pods "web-\w+-\w+" is forbidden: exceeded quota: compute, requested: requests.cpu=100m, used: requests.cpu=100m, limited: requests.cpu=100m$/,
    );
    const failure = { type: 'ReplicaFailure', status: 'True', reason: 'FailedCreate', message };
    expect(set.status.conditions).toEqual([expect.objectContaining(failure)]);
    expect(test.deployment('web').status.conditions).toContainEqual(
      expect.objectContaining(failure),
    );
    const quota = test.cluster.get({ kind: 'ResourceQuota', namespace: 'shop', name: 'compute' });
    expect(quota?.status).toEqual({
      hard: { 'requests.cpu': '100m' },
      used: { 'requests.cpu': '100m' },
    });
    test.pass(1800);
    const combined = test
      .events('FailedCreate')
      .filter(event => event.message.startsWith('(combined from similar events): Error creating:'));
    expect(combined).toHaveLength(1);
    test.cluster.remove(ref('ResourceQuota', 'compute'));
    test.pass(20);
    expect(test.deployment('web').status.availableReplicas).toBe(2);
    expect(test.deployment('web').status.conditions).not.toContainEqual(
      expect.objectContaining({ type: 'ReplicaFailure' }),
    );
  });

  it('refuses pods that leave out what a quota counts', () => {
    test.apply('ResourceQuota', 'compute', { spec: { hard: { 'limits.cpu': '4' } } });
    test.deploy('web');
    test.pass(5);
    expect(test.events('FailedCreate')[0].message).toMatch(
      /is forbidden: failed quota: compute: must specify limits.cpu for: app$/,
    );
  });

  it('replaces a pod that was deleted, and gives up the least worthy when it shrinks', () => {
    test.deploy('web', {}, { replicas: 3 });
    test.pass(20);
    const [victim, ...others] = test.pods('web');
    test.cluster.remove(ref('Pod', victim.metadata.name));
    test.pass(4);
    test.deploy('web', {}, { replicas: 2 });
    test.pass(20);
    expect(names(test.pods('web'))).toEqual(names(others));
  });
});

describe('StatefulSet', () => {
  const set = () => test.cluster.get(ref('StatefulSet', 'db')) as StatefulSet;
  const volumeClaimTemplates = [
    {
      metadata: { name: 'data' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    },
  ];
  const apply = (replicas: number, podSpec: object = {}) =>
    test.apply('StatefulSet', 'db', {
      spec: { ...workload('db', podSpec), replicas, serviceName: 'db', volumeClaimTemplates },
    });

  it('starts its pods in order, each with its own claim, and stops them in reverse', () => {
    apply(3);
    test.pass(10);
    expect(names(test.pods('db'))).toEqual(['db-0', 'db-1']);
    test.pass(40);
    expect(names(test.cluster.list('PersistentVolumeClaim'))).toEqual([
      'data-db-0',
      'data-db-1',
      'data-db-2',
    ]);
    expect(set().status).toMatchObject({
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      updatedReplicas: 3,
      currentRevision: set().status.updateRevision,
    });
    expect(test.pods('db')[0].metadata.labels).toMatchObject({
      'apps.kubernetes.io/pod-index': '0',
      'statefulset.kubernetes.io/pod-name': 'db-0',
    });
    apply(1);
    test.pass(20);
    expect(names(test.pods('db'))).toEqual(['db-0']);
    expect(test.cluster.list('PersistentVolumeClaim')).toHaveLength(3);
  });

  it('updates from the highest ordinal down and stops at the first that does not become ready', () => {
    apply(2);
    test.pass(40);
    apply(2, { containers: [containerOf({ image: 'db:does-not-exist' })] });
    test.pass(120);
    const images = test
      .pods('db')
      .map(({ metadata, spec }) => [metadata.name, spec.containers[0].image]);
    expect(images.sort()).toEqual([
      ['db-0', 'registry.example/app:1'],
      ['db-1', 'db:does-not-exist'],
    ]);
    expect(set().status).toMatchObject({
      readyReplicas: 1,
      updatedReplicas: 1,
      currentReplicas: 1,
    });
    expect(set().status.currentRevision).not.toBe(set().status.updateRevision);
  });
});

describe('Job', () => {
  const job = () => test.cluster.get(ref('Job', 'task')) as Job;
  const apply = (spec: object) =>
    test.apply('Job', 'task', {
      spec: {
        template: {
          spec: { restartPolicy: 'Never', containers: [{ name: 'task', image: 'task:1' }] },
        },
        ...spec,
      },
    });
  const typesOf = () => job().status.conditions?.map(({ type, reason }) => [type, reason]);

  it('runs to completion', () => {
    apply({ completions: 3, parallelism: 2 });
    test.pass(2);
    expect(job().status).toMatchObject({ active: 2, startTime: '2026-01-05T10:00:01Z' });
    test.pass(30);
    expect(job().status).toMatchObject({ succeeded: 3, ready: 0 });
    expect(job().status.active).toBeUndefined();
    expect(job().status.completionTime).toBeDefined();
    expect(typesOf()).toEqual([
      ['SuccessCriteriaMet', 'CompletionsReached'],
      ['Complete', 'CompletionsReached'],
    ]);
    expect(test.pods('task').every(({ status }) => status.phase === 'Succeeded')).toBe(true);
  });

  it('gives up after its backoff limit', () => {
    const exit = { after: 1, code: 2, reason: 'Error', log: [] } as const;
    test.behaviours.set({ namespace: 'shop', name: 'task' }, { exit });
    apply({ backoffLimit: 1 });
    test.pass(120);
    expect(job().status).toMatchObject({ failed: 2 });
    expect(typesOf()).toEqual([
      ['FailureTarget', 'BackoffLimitExceeded'],
      ['Failed', 'BackoffLimitExceeded'],
    ]);
    expect(test.events('BackoffLimitExceeded')[0].message).toBe(
      'Job has reached the specified backoff limit',
    );
  });

  it('is stopped at its deadline, with its pods gone', () => {
    const exit = { after: 3600, code: 0, reason: 'Completed', log: [] } as const;
    test.behaviours.set({ namespace: 'shop', name: 'task' }, { exit });
    apply({ activeDeadlineSeconds: 30 });
    test.pass(60);
    expect(typesOf()?.at(-1)).toEqual(['Failed', 'DeadlineExceeded']);
    expect(test.pods('task')).toEqual([]);
  });

  it('removes itself when it says so', () => {
    apply({ ttlSecondsAfterFinished: 30 });
    test.pass(90);
    expect(job()).toBeUndefined();
    expect(test.pods('task')).toEqual([]);
  });
});
