import { startTestCluster, type TestCluster } from '../startTestCluster';

let test: TestCluster;
beforeEach(() => {
  test = startTestCluster();
});

const web = { kind: 'Deployment', namespace: 'shop', name: 'web' };
const left = () => ({
  deployments: test.cluster.list('Deployment').length,
  sets: test.cluster.list('ReplicaSet').length,
  pods: test.cluster.list('Pod').length,
});

it('deletes in the background what has lost its owner', () => {
  test.deploy('web');
  test.pass(20);
  test.cluster.remove(web);
  expect(left()).toEqual({ deployments: 0, sets: 1, pods: 2 });
  test.pass(10);
  expect(left()).toEqual({ deployments: 0, sets: 0, pods: 0 });
});

it('empties a namespace before it goes, and takes nothing new meanwhile', () => {
  test.deploy('web');
  test.apply('ConfigMap', 'web', { data: {} });
  test.pass(20);
  test.cluster.remove({ kind: 'Namespace', name: 'shop' });
  expect(test.cluster.get({ kind: 'Namespace', name: 'shop' })?.status?.phase).toBe('Terminating');
  expect(() => test.apply('ConfigMap', 'late', {})).toThrow(
    'configmaps "late" is forbidden: unable to create new content in namespace shop because it is being terminated',
  );
  test.pass(40);
  expect(test.cluster.get({ kind: 'Namespace', name: 'shop' })).toBeUndefined();
  const namespaced = test.cluster.resources.all().filter(resource => resource.namespaced);
  expect(namespaced.flatMap(resource => test.cluster.store.list(resource, 'shop'))).toEqual([]);
});

it('gives every namespace a service account, without which no pod is created', () => {
  const { cluster } = test;
  expect(cluster.get({ kind: 'ServiceAccount', namespace: 'shop', name: 'default' })).toBeDefined();
  test.deploy('web', { serviceAccountName: 'web' });
  test.pass(5);
  expect(test.events('FailedCreate')[0].message).toMatch(
    /^Error creating: pods "web-\w+-\w+" is forbidden: error looking up service account shop\/web: serviceaccount "web" not found$/,
  );
  test.apply('ServiceAccount', 'web', {});
  test.pass(20);
  expect(test.deployment('web').status.availableReplicas).toBe(2);
});

it('binds a claim to a volume of its own and removes that with it', () => {
  test.apply('PersistentVolumeClaim', 'data', {
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } } },
  });
  test.pass(5);
  const claim = { kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data' } as const;
  expect(test.cluster.get(claim)?.status).toMatchObject({
    phase: 'Bound',
    capacity: { storage: '5Gi' },
  });
  test.cluster.remove(claim);
  expect(test.cluster.list('PersistentVolume')).toEqual([]);
});
