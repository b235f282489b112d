import type { Deployment } from '../../objects/workload';
import { containerOf, startTestCluster, type TestCluster } from '../../startTestCluster';
import { revisionOf } from './revisions';

let test: TestCluster;
beforeEach(() => {
  test = startTestCluster();
});

const condition = ({ status }: Deployment, type: string) =>
  status.conditions?.find(candidate => candidate.type === type);
const version = (tag: string) => ({
  containers: [containerOf({ image: `registry.example/app:${tag}` })],
});
const sets = () => test.cluster.list('ReplicaSet').sort((a, b) => revisionOf(a) - revisionOf(b));

/** The lowest and highest pod counts of a Deployment while something happens. */
function extremes(name: string, during: () => void) {
  const available: number[] = [];
  const total: number[] = [];
  const stop = test.cluster.watch(({ object }) => {
    if (object.kind !== 'Deployment' || object.metadata.name !== name) return;
    const { status } = object as Deployment;
    available.push(status.availableReplicas ?? 0);
    total.push(status.replicas ?? 0);
  });
  during();
  stop();
  return { fewestAvailable: Math.min(...available), mostPods: Math.max(...total) };
}

it('rolls a first version out, with the status that a real controller writes', () => {
  test.deploy('web', {}, { replicas: 3 });
  test.pass(2);
  // Recorded on Kubernetes 1.36.3, names and times aside.
  const [set] = sets();
  expect(test.deployment('web').status).toEqual({
    observedGeneration: 1,
    replicas: 3,
    updatedReplicas: 3,
    unavailableReplicas: 3,
    terminatingReplicas: 0,
    conditions: [
      {
        type: 'Available',
        status: 'False',
        reason: 'MinimumReplicasUnavailable',
        message: 'Deployment does not have minimum availability.',
        lastTransitionTime: '2026-01-05T10:00:01Z',
        lastUpdateTime: '2026-01-05T10:00:01Z',
      },
      {
        type: 'Progressing',
        status: 'True',
        reason: 'ReplicaSetUpdated',
        message: `ReplicaSet "${set.metadata.name}" is progressing.`,
        lastTransitionTime: '2026-01-05T10:00:01Z',
        lastUpdateTime: '2026-01-05T10:00:01Z',
      },
    ],
  });
  expect(set.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{7,10}$/);
  expect(set.metadata.annotations).toEqual({
    'deployment.kubernetes.io/desired-replicas': '3',
    'deployment.kubernetes.io/max-replicas': '4',
    'deployment.kubernetes.io/revision': '1',
  });

  test.pass(10);
  const { status, metadata } = test.deployment('web');
  expect(status).toMatchObject({ readyReplicas: 3, availableReplicas: 3, updatedReplicas: 3 });
  expect(status.unavailableReplicas).toBeUndefined();
  expect(metadata.generation).toBe(1);
  expect(condition(test.deployment('web'), 'Progressing')).toMatchObject({
    status: 'True',
    reason: 'NewReplicaSetAvailable',
    message: `ReplicaSet "${set.metadata.name}" has successfully progressed.`,
  });
  expect(test.events('ScalingReplicaSet').map(({ message }) => message)).toEqual([
    `Scaled up replica set ${set.metadata.name} from 0 to 3`,
  ]);
});

it.each([
  [
    { maxSurge: 1, maxUnavailable: 0 },
    { fewestAvailable: 4, mostPods: 5 },
  ],
  [
    { maxSurge: 0, maxUnavailable: 1 },
    { fewestAvailable: 3, mostPods: 4 },
  ],
  [
    { maxSurge: '50%', maxUnavailable: '25%' },
    { fewestAvailable: 3, mostPods: 6 },
  ],
  [
    { maxSurge: 0, maxUnavailable: 0 },
    { fewestAvailable: 3, mostPods: 4 },
  ],
])('keeps %j while it rolls', (rollingUpdate, expected) => {
  const spec = { replicas: 4, strategy: { type: 'RollingUpdate', rollingUpdate } };
  test.deploy('web', version('1'), spec);
  test.pass(20);
  const seen = extremes('web', () => {
    test.deploy('web', version('2'), spec);
    test.pass(120);
  });
  expect(seen).toEqual(expected);
  expect(sets().map(set => [revisionOf(set), set.spec.replicas])).toEqual([
    [1, 0],
    [2, 4],
  ]);
  expect(test.deployment('web').metadata.annotations).toMatchObject({
    'deployment.kubernetes.io/revision': '2',
  });
  expect(condition(test.deployment('web'), 'Progressing')?.reason).toBe('NewReplicaSetAvailable');
});

it('gives an old version a new revision when it is rolled back to, and forgets the oldest', () => {
  const deploy = (tag: string) => {
    test.deploy('web', version(tag), { revisionHistoryLimit: 1 });
    test.pass(60);
  };
  ['1', '2', '1'].forEach(deploy);
  expect(sets().map(set => [revisionOf(set), set.spec.replicas])).toEqual([
    [2, 0],
    [3, 2],
  ]);
  deploy('3');
  expect(sets().map(revisionOf)).toEqual([3, 4]);
});

it('says that it is stuck after its deadline, keeps serving, and recovers', () => {
  const spec = {
    replicas: 2,
    progressDeadlineSeconds: 60,
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
  };
  test.deploy('web', version('1'), spec);
  test.pass(30);
  test.deploy('web', version('does-not-exist'), spec);
  test.pass(55);
  expect(condition(test.deployment('web'), 'Progressing')?.status).toBe('True');
  test.pass(10);
  const stuck = sets()[1].metadata.name;
  expect(condition(test.deployment('web'), 'Progressing')).toMatchObject({
    status: 'False',
    reason: 'ProgressDeadlineExceeded',
    message: `ReplicaSet "${stuck}" has timed out progressing.`,
    lastTransitionTime: '2026-01-05T10:01:32Z',
  });
  expect(condition(test.deployment('web'), 'Available')?.status).toBe('True');
  expect(test.deployment('web').status).toMatchObject({
    replicas: 3,
    updatedReplicas: 1,
    availableReplicas: 2,
    unavailableReplicas: 1,
  });
  test.deploy('web', version('2'), spec);
  test.pass(60);
  expect(condition(test.deployment('web'), 'Progressing')?.reason).toBe('NewReplicaSetAvailable');
});

it('does not take a crash after the rollout for a rollout: the deadline never fires', () => {
  test.deploy('web', {}, { progressDeadlineSeconds: 60 });
  test.pass(30);
  const exit = { after: 1, code: 1, reason: 'Error', log: [] } as const;
  test.behaviours.set({ namespace: 'shop', name: 'web' }, { exit });
  test.pass(600);
  expect(condition(test.deployment('web'), 'Progressing')?.reason).toBe('NewReplicaSetAvailable');
  expect(condition(test.deployment('web'), 'Available')).toMatchObject({
    status: 'False',
    reason: 'MinimumReplicasUnavailable',
  });
});

it('follows its replicas without calling it a rollout', () => {
  test.deploy('web');
  test.pass(20);
  const before = condition(test.deployment('web'), 'Progressing');
  test.deploy('web', {}, { replicas: 4 });
  test.pass(20);
  expect(test.deployment('web').status).toMatchObject({ replicas: 4, availableReplicas: 4 });
  expect(condition(test.deployment('web'), 'Progressing')).toEqual(before);
  expect(sets()).toHaveLength(1);
});

it('replaces all at once with Recreate: never two versions side by side', () => {
  const spec = { strategy: { type: 'Recreate' } };
  test.deploy('web', version('1'), spec);
  test.pass(20);
  const { mostPods, fewestAvailable } = extremes('web', () => {
    test.deploy('web', version('2'), spec);
    test.pass(60);
  });
  expect({ mostPods, fewestAvailable }).toEqual({ mostPods: 2, fewestAvailable: 0 });
  expect(test.pods('web').map(({ spec: { containers } }) => containers[0].image)).toEqual([
    'registry.example/app:2',
    'registry.example/app:2',
  ]);
});

it('stands still while it is paused', () => {
  test.deploy('web', version('1'));
  test.pass(20);
  test.deploy('web', version('2'), { paused: true });
  test.pass(60);
  expect(sets()).toHaveLength(1);
  expect(condition(test.deployment('web'), 'Progressing')).toMatchObject({
    status: 'Unknown',
    reason: 'DeploymentPaused',
    message: 'Deployment is paused',
  });
  test.deploy('web', version('2'), { paused: false });
  test.pass(60);
  expect(sets().map(({ spec }) => spec.replicas)).toEqual([0, 2]);
});
