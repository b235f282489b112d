import { startTestCluster } from '../startTestCluster';

it('loses a node as a cluster does: silence, unknown, not ready, evicted, terminating, replaced', () => {
  const test = startTestCluster();
  test.deploy('web', {}, { replicas: 3 });
  test.pass(20);
  const [victim] = test.pods('web');
  const node = victim.spec.nodeName ?? '';
  const conditionOf = (type: string) =>
    test.cluster.get({ kind: 'Node', name: node })?.status.conditions.find(c => c.type === type);
  const pod = () => test.pods('web').find(({ metadata }) => metadata.uid === victim.metadata.uid);

  test.nodes.lose(node);
  test.pass(45);
  expect(conditionOf('Ready')?.status).toBe('True');
  test.pass(10);
  expect(conditionOf('Ready')).toMatchObject({
    status: 'Unknown',
    reason: 'NodeStatusUnknown',
    message: 'Kubelet stopped posting node status.',
  });
  const ready = pod()?.status.conditions?.find(({ type }) => type === 'Ready');
  expect(ready?.status).toBe('False');
  expect(ready?.reason).toBeUndefined();
  expect(pod()?.status).toMatchObject({
    phase: 'Running',
    containerStatuses: [{ ready: true }],
  });
  expect(test.deployment('web').status.availableReplicas).toBe(2);
  expect(test.pods('web')).toHaveLength(3);

  test.pass(300);
  expect(pod()?.metadata.deletionTimestamp).toBeDefined();
  expect(pod()?.status.conditions).toContainEqual(
    expect.objectContaining({
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    }),
  );
  expect(test.events('TaintManagerEviction')[0].message).toBe(
    `Marking for deletion Pod shop/${victim.metadata.name}`,
  );
  test.pass(600);
  // Nobody ends it: it stays Terminating beside its replacement.
  expect(pod()).toBeDefined();
  expect(test.pods('web')).toHaveLength(4);
  expect(test.deployment('web').status).toMatchObject({
    availableReplicas: 3,
    terminatingReplicas: 1,
  });

  test.nodes.recover(node);
  test.pass(10);
  expect(conditionOf('Ready')).toMatchObject({ status: 'True', reason: 'KubeletReady' });
  expect(test.cluster.get({ kind: 'Node', name: node })?.spec.taints).toBeUndefined();
  expect(pod()).toBeUndefined();
  expect(test.pods('web')).toHaveLength(3);
});

it('lets the node come back before anybody is evicted', () => {
  const test = startTestCluster();
  test.deploy('web', {}, { replicas: 3 });
  test.pass(20);
  const [{ metadata, spec }] = test.pods('web');
  test.nodes.lose(spec.nodeName ?? '');
  test.pass(120);
  test.nodes.recover(spec.nodeName ?? '');
  test.pass(600);
  expect(test.pods('web').map(pod => pod.metadata.uid)).toContain(metadata.uid);
  expect(test.deployment('web').status.availableReplicas).toBe(3);
});
