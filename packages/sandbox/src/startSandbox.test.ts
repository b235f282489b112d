import { type Sandbox, startSandbox } from './startSandbox';

// Starting Git processes takes its time on a busy machine.
jest.setTimeout(60_000);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ unannounced: true });
});
afterAll(() => sandbox.stop());

it('leaves nothing running when a part cannot start', async () => {
  const { port } = new URL(sandbox.urls.page);
  const clash = startSandbox({ unannounced: true, ports: { page: Number(port) } });
  await expect(clash).rejects.toThrow('EADDRINUSE');
});

const minutesSince = (time: string | undefined) => (Date.now() - Date.parse(time ?? '')) / 60_000;
const ask = (path: string, token = sandbox.tokens.kubernetes) =>
  fetch(`${sandbox.urls.kubernetes}${path}`, { headers: { Authorization: `Bearer ${token}` } });

it('finds Robot Shop in a steady state, with its two faults and their past', () => {
  const { cluster } = sandbox.simulation;
  const sizes = Object.fromEntries(
    cluster
      .list('Deployment')
      .map(({ metadata, spec, status }) => [
        metadata.name,
        `${status.availableReplicas ?? 0}/${spec.replicas}`,
      ]),
  );
  expect(sizes).toEqual({
    web: '2/2',
    catalogue: '5/5',
    cart: '2/2',
    user: '2/2',
    shipping: '2/2',
    ratings: '2/2',
    payment: '0/2',
    dispatch: '2/2',
  });
  for (const set of cluster.list('StatefulSet')) expect(set.status.readyReplicas).toBe(1);

  const scaler = cluster
    .list('HorizontalPodAutoscaler')
    .find(({ metadata }) => metadata.name === 'catalogue');
  const limited = scaler?.status.conditions?.find(({ type }) => type === 'ScalingLimited');
  expect(limited).toMatchObject({ status: 'True', reason: 'TooManyReplicas' });
  expect(minutesSince(limited?.lastTransitionTime)).toBeGreaterThan(20);

  const [payment] = cluster
    .list('Pod')
    .filter(({ metadata }) => metadata.name.startsWith('payment'));
  const [container] = payment.status.containerStatuses ?? [];
  expect(container.restartCount).toBeGreaterThanOrEqual(6);
  expect(container.lastState.terminated).toMatchObject({
    exitCode: 1,
    message: expect.stringContaining('AMQP_HOST'),
  });
  const ready = payment.status.conditions?.find(({ type }) => type === 'Ready');
  expect(minutesSince(ready?.lastTransitionTime)).toBeGreaterThan(12.5);
  expect(minutesSince(ready?.lastTransitionTime)).toBeLessThan(14);
});

it('answers on all its addresses', async () => {
  const pods = await (await ask('/api/v1/namespaces/robot-shop/pods')).json();
  expect(pods.items).toHaveLength(23);
  const name = pods.items.find(({ metadata }: { metadata: { name: string } }) =>
    metadata.name.startsWith('payment'),
  ).metadata.name;
  const log = await ask(`/api/v1/namespaces/robot-shop/pods/${name}/log?previous=true&tailLines=1`);
  expect(await log.text()).toContain('AMQP_HOST');
  const { argocd, git, page } = sandbox.urls;
  for (const url of [`${argocd}/healthz`, `${git}/api/v1/version`, page]) {
    expect([url, (await fetch(url)).status]).toEqual([url, 200]);
  }
});

it('has a token that may not read everything', async () => {
  const { restricted } = sandbox.tokens;
  expect((await ask('/api/v1/pods', restricted)).status).toBe(200);
  const refused = await ask('/apis/autoscaling/v2/horizontalpodautoscalers', restricted);
  expect(refused.status).toBe(403);
  expect((await refused.json()).message).toBe(
    'horizontalpodautoscalers.autoscaling is forbidden: User "waymark-restricted" cannot list resource ' +
      '"horizontalpodautoscalers" in API group "autoscaling" at the cluster scope',
  );
  expect((await ask('/api/v1/secrets', restricted)).status).toBe(403);
});

it('passes the time from now on by itself', async () => {
  const { faults, simulation } = sandbox;
  const payment = { namespace: 'robot-shop', name: 'payment' };
  faults.mend(payment);
  const isWell = () =>
    simulation.cluster.get({ kind: 'Deployment', ...payment })?.status.availableReplicas === 2;
  const deadline = Date.now() + 40_000;
  while (!isWell() && Date.now() < deadline) await new Promise(resolve => setTimeout(resolve, 100));
  expect(isWell()).toBe(true);
});
