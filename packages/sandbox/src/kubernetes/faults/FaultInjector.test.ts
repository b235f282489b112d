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

/** What can be seen of each fault after two minutes, and what may still serve then. */
const effects: Readonly<Record<string, { available: number; shows: () => void }>> = {
  'crash-loop': {
    available: 0,
    shows: () => {
      expect(test.pods('web').map(waiting)).toEqual(['CrashLoopBackOff', 'CrashLoopBackOff']);
      expect(test.pods('web').map(last)).toEqual(['Error', 'Error']);
    },
  },
  'oom-killed': {
    available: 0,
    shows: () => expect(test.pods('web').map(last)).toEqual(['OOMKilled', 'OOMKilled']),
  },
  'bad-image': {
    available: 0,
    shows: () => {
      const reasons = test.pods('web').map(waiting);
      expect(reasons.every(reason => /^(ErrImagePull|ImagePullBackOff)$/.test(reason ?? ''))).toBe(
        true,
      );
      expect(reasons).toHaveLength(2);
    },
  },
  'readiness-failing': {
    available: 0,
    shows: () =>
      expect(test.events('Unhealthy').map(({ message }) => message)).toContain(
        'Readiness probe failed: HTTP probe failed with statuscode: 503',
      ),
  },
  'missing-config-key': {
    available: 2,
    shows: () => {
      expect(test.pods('web').map(waiting)).toContain('CreateContainerConfigError');
      expect(conditionsOf(test.deployment('web'))).toEqual(
        someCondition({ type: 'Progressing', reason: 'ProgressDeadlineExceeded' }),
      );
    },
  },
  unschedulable: {
    available: 2,
    shows: () =>
      expect(test.pods('web').flatMap(conditionsOf)).toEqual(
        someCondition({ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }),
      ),
  },
  quota: {
    available: 1,
    shows: () =>
      expect(conditionsOf(test.deployment('web'))).toEqual(
        someCondition({
          type: 'ReplicaFailure',
          reason: 'FailedCreate',
          message: expect.stringContaining('exceeded quota: sandbox-no-room, requested: pods=1'),
        }),
      ),
  },
  'hpa-at-max': {
    available: 4,
    shows: () => {
      expect(autoscaler().status).toMatchObject({ currentReplicas: 4, desiredReplicas: 4 });
      expect(conditionsOf(autoscaler())).toEqual(
        someCondition({ type: 'ScalingLimited', status: 'True', reason: 'TooManyReplicas' }),
      );
    },
  },
  'node-not-ready': {
    available: 1,
    shows: () =>
      expect(test.cluster.list('Node').flatMap(conditionsOf)).toEqual(
        someCondition({ type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown' }),
      ),
  },
};

it.each(faults.map(({ name }) => name))('%s shows as in a real cluster, and mends', name => {
  const { available, shows } = effects[name];
  expect(injector.break(web, name)).toBe(name);
  expect(injector.faultOf(web)).toBe(name);
  test.pass(120);
  shows();
  expect(test.deployment('web').status.availableReplicas ?? 0).toBe(available);

  injector.mend(web);
  expect(injector.faultOf(web)).toBeUndefined();
  test.pass(500);
  expect(test.deployment('web').status).toMatchObject({ replicas: 2, availableReplicas: 2 });
  expect(test.deployment('web').status.unavailableReplicas).toBeUndefined();
  expect(test.pods('web').map(waiting)).toEqual([undefined, undefined]);
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
