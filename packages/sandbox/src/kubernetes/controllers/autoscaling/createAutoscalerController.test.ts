import { containerOf, startTestCluster, type TestCluster } from '../../startTestCluster';

let test: TestCluster;
beforeEach(() => {
  test = startTestCluster();
});

const web = { namespace: 'shop', name: 'web' };
const cpu = (averageUtilization: number) => ({
  type: 'Resource',
  resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } },
});
const scale = (spec: object = {}) =>
  test.apply('HorizontalPodAutoscaler', 'web', {
    spec: {
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
      minReplicas: 2,
      maxReplicas: 5,
      metrics: [cpu(50)],
      ...spec,
    },
  });
const status = () =>
  test.cluster.get({ kind: 'HorizontalPodAutoscaler', ...web })?.status ?? { conditions: [] };
const condition = (type: string) => {
  const found = status().conditions?.find(each => each.type === type);
  return found && `${found.status} ${found.reason}: ${found.message}`;
};
/** A Deployment whose replicas nobody but the autoscaler writes. */
const deployScaled = (template: object = {}) => {
  test.deploy('web', template, { replicas: 2 });
  test.deploy('web', template, { replicas: undefined });
  test.cluster.modify(test.deployment('web'), draft => {
    draft.spec.replicas = 2;
  });
};

it('knows nothing at first, fails while there are no metrics, then reads them', () => {
  deployScaled();
  scale();
  expect(status()).toEqual({ desiredReplicas: 0, currentMetrics: null });
  test.pass(16);
  expect(status()).toMatchObject({ desiredReplicas: 0, currentMetrics: [{ type: '' }] });
  expect(condition('AbleToScale')).toBe(
    "True SucceededGetScale: the HPA controller was able to get the target's current scale",
  );
  expect(condition('ScalingActive')).toBe(
    'False FailedGetResourceMetric: the HPA was unable to compute the replica count: failed to get cpu ' +
      'utilization: unable to get metrics for resource cpu: no metrics returned from resource metrics API',
  );
  test.pass(60);
  expect(condition('ScalingActive')).toBe(
    'True ValidMetricFound: the HPA was able to successfully calculate a replica count from cpu resource ' +
      'utilization (percentage of request)',
  );
  expect(status()).toMatchObject({
    currentReplicas: 2,
    desiredReplicas: 2,
    currentMetrics: [
      { type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: 6 } } },
    ],
  });
  // It remembers the size that it found for five minutes before it says that it would like less.
  expect(condition('ScalingLimited')).toContain('False DesiredWithinRange');
  test.pass(400);
  expect(condition('ScalingLimited')).toBe(
    'True TooFewReplicas: the desired replica count is less than the minimum replica count',
  );
});

it('grows to its maximum under load and says that it would need more', () => {
  deployScaled();
  scale();
  test.pass(60);
  test.loads.set(web, 0.85);
  test.pass(180);
  expect(test.deployment('web').status.availableReplicas).toBe(5);
  expect(status()).toMatchObject({ currentReplicas: 5, desiredReplicas: 5 });
  expect(condition('ScalingLimited')).toBe(
    'True TooManyReplicas: the desired replica count is more than the maximum replica count',
  );
  expect(test.events('SuccessfulRescale')[0].message).toMatch(
    /^New size: [45]; reason: cpu resource utilization \(percentage of request\) above target$/,
  );
});

it('shrinks only after five quiet minutes', () => {
  deployScaled();
  scale();
  test.loads.set(web, 0.4);
  test.pass(240);
  expect(test.deployment('web').spec.replicas).toBe(5);
  test.loads.reset(web);
  test.pass(200);
  expect(test.deployment('web').spec.replicas).toBe(5);
  expect(condition('AbleToScale')).toContain('True ScaleDownStabilized');
  test.pass(200);
  expect(test.deployment('web').spec.replicas).toBe(2);
});

it('obeys the rates of its behavior', () => {
  deployScaled();
  scale({ behavior: { scaleUp: { policies: [{ type: 'Pods', value: 1, periodSeconds: 60 }] } } });
  test.pass(45);
  test.loads.set(web, 2);
  test.pass(40);
  expect(test.deployment('web').spec.replicas).toBe(3);
  expect(condition('ScalingLimited')).toContain('True ScaleUpLimit');
});

it.each([
  [
    'a container without request',
    () => deployScaled({ containers: [containerOf({ resources: {} })] }),
    {},
    /missing request for cpu in container app of Pod web-\w+-\w+$/,
  ],
  [
    'a metric that nobody serves',
    () => deployScaled(),
    { metrics: [{ type: 'Pods', pods: { metric: { name: 'rps' }, target: {} } }] },
    /False FailedGetPodsMetric: .*no custom metrics API/,
  ],
])('cannot compute with %s', (_, deploy, spec, message) => {
  deploy();
  scale(spec);
  test.pass(90);
  expect(condition('ScalingActive')).toMatch(message);
  expect(test.deployment('web').spec.replicas).toBe(2);
});

it('cannot scale what is not there', () => {
  scale();
  test.pass(20);
  expect(condition('AbleToScale')).toBe(
    'False FailedGetScale: the HPA controller was unable to get the target\'s current scale: deployments.apps "web" not found',
  );
});
