import type { Pod } from '../objects/pod';
import { startTestCluster, type TestCluster } from '../startTestCluster';
import { FaultInjector } from './FaultInjector';
import { faults } from './faults';

const web = { namespace: 'shop', name: 'web' };
let test: TestCluster;
let injector: FaultInjector;

beforeEach(() => {
  test = startTestCluster();
  injector = FaultInjector.create(test);
  test.apply('HorizontalPodAutoscaler', 'web', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 2,
      maxReplicas: 4,
      metrics: [
        {
          type: 'Resource',
          resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
        },
      ],
    },
  });
  test.deploy('web', {}, { replicas: 2, progressDeadlineSeconds: 60 });
  test.pass(60);
});

const waiting = ({ status }: Pod) => status.containerStatuses?.[0]?.state.waiting?.reason;
const last = ({ status }: Pod) => status.containerStatuses?.[0]?.lastState.terminated?.reason;
const conditionsOf = ({ status }: { status: { conditions?: object[] } }) => status.conditions ?? [];
const autoscaler = () => test.cluster.list('HorizontalPodAutoscaler')[0];
const someCondition = (fields: object) => expect.arrayContaining([expect.objectContaining(fields)]);

interface Effect {
  /** How many pods still serve after two minutes. */
  readonly available: number;
  readonly seen: () => unknown;
  readonly expected: unknown;
}

const waitingPods = () => test.pods('web').map(waiting);
const endedPods = () => test.pods('web').map(last);
const pulling = expect.stringMatching(/^(ErrImagePull|ImagePullBackOff)$/);

const effects: Readonly<Record<string, Effect>> = {
  'crash-loop': {
    available: 0,
    seen: () => [waitingPods(), endedPods()],
    expected: [
      ['CrashLoopBackOff', 'CrashLoopBackOff'],
      ['Error', 'Error'],
    ],
  },
  'oom-killed': { available: 0, seen: endedPods, expected: ['OOMKilled', 'OOMKilled'] },
  'bad-image': { available: 0, seen: waitingPods, expected: [pulling, pulling] },
  'readiness-failing': {
    available: 0,
    seen: () => test.events('Unhealthy').map(({ message }) => message),
    expected: expect.arrayContaining([
      'Readiness probe failed: HTTP probe failed with statuscode: 503',
    ]),
  },
  'missing-config-key': {
    available: 2,
    seen: () => [waitingPods(), conditionsOf(test.deployment('web'))],
    expected: [
      [undefined, undefined, 'CreateContainerConfigError'],
      someCondition({ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }),
    ],
  },
  unschedulable: {
    available: 2,
    seen: () => test.pods('web').flatMap(conditionsOf),
    expected: someCondition({ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }),
  },
  quota: {
    available: 1,
    seen: () => conditionsOf(test.deployment('web')),
    expected: someCondition({
      type: 'ReplicaFailure',
      reason: 'FailedCreate',
      message: expect.stringContaining('exceeded quota: sandbox-no-room, requested: pods=1'),
    }),
  },
  'hpa-at-max': {
    available: 4,
    seen: () => [autoscaler().status.desiredReplicas, conditionsOf(autoscaler())],
    expected: [
      4,
      someCondition({ type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas' }),
    ],
  },
  'node-not-ready': {
    available: 1,
    seen: () => test.cluster.list('Node').flatMap(conditionsOf),
    expected: someCondition({ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown' }),
  },
};

it.each(faults.map(({ name }) => name))('%s shows as in a real cluster, and mends', name => {
  const { available, seen, expected } = effects[name];
  expect(injector.break(web, name)).toBe(name);
  expect(injector.faultOf(web)).toBe(name);
  test.pass(120);
  expect(seen()).toEqual(expected);
  expect(test.deployment('web').status.availableReplicas ?? 0).toBe(available);

  injector.mend(web);
  expect(injector.faultOf(web)).toBeUndefined();
  test.pass(500);
  expect(test.deployment('web').status).toMatchObject({ replicas: 2, availableReplicas: 2 });
  expect(test.deployment('web').status.unavailableReplicas).toBeUndefined();
  expect(waitingPods()).toEqual([undefined, undefined]);
});

it('replaces one fault by another', () => {
  injector.break(web, 'oom-killed');
  test.pass(60);
  injector.break(web);
  expect(injector.faultOf(web)).toBe('crash-loop');
  test.pass(60);
  expect(test.pods('web').map(last)).toEqual(['Error', 'Error']);
});

it('says what it cannot do', () => {
  expect(() => injector.break({ ...web, name: 'nothing' })).toThrow(
    'no Deployment or StatefulSet is called shop/nothing',
  );
  test.cluster.remove({ kind: 'HorizontalPodAutoscaler', ...web });
  expect(() => injector.break(web, 'hpa-at-max')).toThrow(
    'shop/web has no HorizontalPodAutoscaler',
  );
  expect(injector.faultOf(web)).toBeUndefined();
});

it('does not edit by hand what Argo CD would heal at once', () => {
  const application = (selfHeal: boolean) =>
    test.cluster.apply({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'shop-web', namespace: 'shop' },
      spec: { syncPolicy: { automated: { selfHeal } } },
    });
  test.cluster.modify(test.deployment('web'), draft => {
    draft.metadata.annotations = {
      ...draft.metadata.annotations,
      'argocd.argoproj.io/tracking-id': 'shop-web:apps/Deployment:shop/web',
    };
  });
  application(true);
  expect(() => injector.break(web, 'unschedulable')).toThrow(
    'Argo CD would undo this at once: the application shop-web has selfHeal.',
  );
  application(false);
  expect(injector.break(web, 'unschedulable')).toBe('unschedulable');
});
