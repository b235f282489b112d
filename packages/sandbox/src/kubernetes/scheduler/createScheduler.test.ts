import { containerOf, startTestCluster, type TestCluster } from '../startTestCluster';

let test: TestCluster;
beforeEach(() => {
  test = startTestCluster();
});

const asking = (cpu: string) => ({
  containers: [containerOf({ resources: { requests: { cpu } } })],
});
const zones = () =>
  test.pods('web').map(({ metadata }) => metadata.labels?.['topology.kubernetes.io/zone']);
const refusal = () =>
  test.pods('web').flatMap(({ status }) => {
    const condition = status.conditions?.find(({ type }) => type === 'PodScheduled');
    return condition?.status === 'False' ? [condition] : [];
  })[0];
const after = (message: string, preemption: string) =>
  `0/3 nodes are available: ${message}. no new claims to deallocate, ` +
  `preemption: 0/3 nodes are available: ${preemption}.`;

it('spreads siblings over the zones and labels them with theirs', () => {
  test.deploy('web', {}, { replicas: 3 });
  test.pass(2);
  expect(zones().sort()).toEqual(['eu-west-1a', 'eu-west-1b', 'eu-west-1c']);
});

it.each([
  [
    'more than a node has',
    asking('64'),
    after('3 Insufficient cpu', '3 Preemption is not helpful for scheduling'),
  ],
  [
    'a label that no node has',
    { containers: [containerOf()], nodeSelector: { disk: 'ssd' } },
    after(
      "3 node(s) didn't match Pod's node affinity/selector",
      '3 Preemption is not helpful for scheduling',
    ),
  ],
  [
    'an unbound claim',
    {
      containers: [containerOf()],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    },
    '0/3 nodes are available: persistentvolumeclaim "data" not found. not found',
  ],
])('refuses %s in the words of the real one', (_, template, message) => {
  test.deploy('web', template, { replicas: 1 });
  test.pass(60);
  expect(refusal()).toMatchObject({
    reason: 'Unschedulable',
    message,
    lastProbeTime: null,
    observedGeneration: 1,
  });
  const [event] = test.events('FailedScheduling');
  expect(event).toMatchObject({
    type: 'Warning',
    message,
    action: 'Scheduling',
    firstTimestamp: null,
    lastTimestamp: null,
    source: {},
    reportingComponent: 'default-scheduler',
    eventTime: expect.stringMatching(/\.\d{6}Z$/),
  });
  expect(event.count).toBeUndefined();
  expect(event.series).toBeUndefined();
});

it('counts a repeated refusal in the series of its event', () => {
  test.deploy('web', asking('64'), { replicas: 1 });
  test.pass(700);
  expect(test.events('FailedScheduling')).toHaveLength(1);
  expect(test.events('FailedScheduling')[0].series?.count).toBe(2);
});

it('counts the reasons of all nodes, taints and cordons among them', () => {
  const [first, second] = test.cluster.list('Node');
  test.cluster.modify(first, draft => {
    draft.spec.taints = [{ key: 'workload', value: 'database', effect: 'NoSchedule' }];
  });
  test.cluster.modify(second, draft => {
    draft.spec.unschedulable = true;
  });
  test.deploy('web', asking('3'), { replicas: 2 });
  test.pass(10);
  expect(refusal()?.message).toBe(
    after(
      '1 Insufficient cpu, 1 node(s) had untolerated taint(s), 1 node(s) were unschedulable',
      '1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling',
    ),
  );
});

it('places a pod as soon as there is room', () => {
  test.deploy('web', asking('3'), { replicas: 4 });
  test.pass(20);
  expect(refusal()?.message).toContain('3 Insufficient cpu');
  test.deploy('web', asking('3'), { replicas: 3 });
  test.pass(20);
  expect(test.pods('web').every(({ spec }) => spec.nodeName)).toBe(true);
});

it('obeys hard spread and anti-affinity', () => {
  const labelSelector = { matchLabels: { app: 'web' } };
  const topologyKey = 'kubernetes.io/hostname';
  const required = {
    requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector, topologyKey }],
  };
  test.deploy(
    'web',
    { containers: [containerOf()], affinity: { podAntiAffinity: required } },
    { replicas: 4 },
  );
  test.pass(20);
  expect(refusal()?.message).toContain("3 node(s) didn't match pod anti-affinity rules");
});
