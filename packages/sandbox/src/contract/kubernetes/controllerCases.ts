import { deepStrictEqual, match, ok, strictEqual } from 'node:assert';
import type { ContractCase } from '../ContractCase';
import { accountReady } from './accountReady';
import { conditionOf } from './conditionOf';
import type { ContractClient, KubernetesTarget, WireObject } from './ContractClient';
import { inNamespace } from './inNamespace';
import { assertOk, configMap, deployment } from './manifests';
import { until } from './until';

const workloads = (client: ContractClient) => client.path('apps/v1/deployments');

/**
 * What the controllers make of objects. No case needs a pod to run, and none minds: they hold on a control plane without
 * kubelets as well as on one whose pods come up at once.
 */
export const controllerCases: readonly ContractCase<KubernetesTarget>[] = [
  inNamespace(
    'a Deployment makes one ReplicaSet per template, numbered and owned',
    async client => {
      await accountReady(client);
      assertOk(await client.create(workloads(client), deployment('web', { replicas: 2 })));
      const first = await until(
        client,
        `${workloads(client)}/web`,
        ({ status }) => (status as { updatedReplicas?: number }).updatedReplicas === 2,
      );
      strictEqual(first.metadata.generation, 1);
      strictEqual(first.metadata.annotations['deployment.kubernetes.io/revision'], '1');
      strictEqual((first.status as { observedGeneration: number }).observedGeneration, 1);

      const container = { name: 'app', image: 'registry.example/app:2' };
      const template = { spec: { template: { spec: { containers: [container] } } } };
      const type = 'application/strategic-merge-patch+json';
      assertOk(await client.patch(`${workloads(client)}/web`, template, type));
      const { items } = await until(
        client,
        client.path('apps/v1/replicasets'),
        ({ items: sets }) => sets.length === 2,
      );
      const revisions = items.map(({ metadata }) => [
        metadata.annotations['deployment.kubernetes.io/revision'],
        metadata.annotations['deployment.kubernetes.io/desired-replicas'],
        metadata.annotations['deployment.kubernetes.io/max-replicas'],
      ]);
      deepStrictEqual(revisions.sort(), [
        ['1', '2', '3'],
        ['2', '2', '3'],
      ]);
      for (const { metadata } of items) {
        match(metadata.name, /^web-[bcdfghjklmnpqrstvwxz2456789]+$/);
        strictEqual(metadata.name, `web-${metadata.labels['pod-template-hash']}`);
      }
      const { items: pods } = (await client.get(client.path('pods'))).body;
      for (const { metadata } of pods) match(metadata.name, /^web-\w+-\w{5}$/);
    },
  ),

  inNamespace('a pod that no node can hold says so in the words of the scheduler', async client => {
    await accountReady(client);
    const containers = [
      { name: 'app', image: 'registry.example/app:1', resources: { requests: { cpu: '6400' } } },
    ];
    assertOk(await client.create(workloads(client), deployment('big', {}, { containers })));
    const { items } = await until(client, client.path('pods'), ({ items: pods }) =>
      pods.some(pod => conditionOf(pod, 'PodScheduled')?.status === 'False'),
    );
    const { reason, message = '' } = conditionOf(items[0], 'PodScheduled') ?? {};
    strictEqual(reason, 'Unschedulable');
    match(
      message,
      /^0\/\d+ nodes are available: .*\d+ Insufficient cpu.* no new claims to deallocate, preemption: 0\/\d+ nodes are available: \d+ Preemption is not helpful for scheduling\.$/,
    );
    const selector = `fieldSelector=${encodeURIComponent('reason=FailedScheduling')}`;
    const events = await until(
      client,
      `${client.path('events')}?${selector}`,
      list => list.items.length > 0,
    );
    const event = events.items[0] as unknown as Record<string, unknown>;
    strictEqual(event.message, message);
    strictEqual(event.firstTimestamp, null);
    strictEqual(event.count, undefined);
    match(String(event.eventTime), /\.\d{6}Z$/);
  }),

  inNamespace(
    'a quota without room shows on the ReplicaSet and on the Deployment',
    async client => {
      await accountReady(client);
      const quota = {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'compute' },
        spec: { hard: { pods: '1' } },
      };
      assertOk(await client.create(client.path('resourcequotas'), quota));
      await until(client, `${client.path('resourcequotas')}/compute`, ({ status }) =>
        Boolean((status as { hard?: object }).hard),
      );
      assertOk(await client.create(workloads(client), deployment('web', { replicas: 2 })));
      const stuck = await until(client, `${workloads(client)}/web`, object =>
        Boolean(conditionOf(object, 'ReplicaFailure')),
      );
      const failure = conditionOf(stuck, 'ReplicaFailure');
      strictEqual(failure?.status, 'True');
      strictEqual(failure?.reason, 'FailedCreate');
      match(
        failure?.message ?? '',
        /^pods "web-\w+-\w{5}" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=1, limited: pods=1$/,
      );
      strictEqual(conditionOf(stuck, 'Available')?.reason, 'MinimumReplicasUnavailable');
      const selector = `fieldSelector=${encodeURIComponent('reason=FailedCreate')}`;
      const { items } = await until(
        client,
        `${client.path('events')}?${selector}`,
        list => list.items.length > 0,
      );
      for (const { message } of items) {
        match(message, /^(\(combined from similar events\): )?Error creating: pods "web-/);
      }
    },
  ),

  inNamespace('a budget that covers nothing allows nothing', async client => {
    const budget = {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name: 'web' },
      spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } },
    };
    const path = client.path('policy/v1/poddisruptionbudgets');
    assertOk(await client.create(path, budget));
    const object = await until(client, `${path}/web`, candidate =>
      Boolean(conditionOf(candidate, 'DisruptionAllowed')),
    );
    const { type, status, reason, message } = conditionOf(object, 'DisruptionAllowed') ?? {};
    deepStrictEqual(
      { type, status, reason, message },
      { type: 'DisruptionAllowed', status: 'False', reason: 'InsufficientPods', message: '' },
    );
    const counts = object.status as Record<string, number>;
    deepStrictEqual(
      [
        counts.expectedPods,
        counts.currentHealthy,
        counts.desiredHealthy,
        counts.disruptionsAllowed,
      ],
      [0, 0, 0, 0],
    );
  }),

  inNamespace('a Service without pods has one empty slice', async client => {
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', labels: { team: 'shop' } },
      spec: { selector: { app: 'nothing' }, ports: [{ name: 'http', port: 80 }] },
    };
    const created = await client.create(client.path('services'), service);
    assertOk(created);
    const [port] = (created.body.spec as { ports: object[] }).ports;
    deepStrictEqual(port, { name: 'http', protocol: 'TCP', port: 80, targetPort: 80 });
    const { items } = await until(
      client,
      client.path('discovery.k8s.io/v1/endpointslices'),
      list => list.items.length > 0,
    );
    const slice = items[0] as WireObject & { endpoints: unknown; ports: unknown };
    deepStrictEqual([slice.endpoints, slice.ports], [null, null]);
    strictEqual(slice.metadata.labels['kubernetes.io/service-name'], 'web');
    strictEqual(slice.metadata.labels.team, 'shop');
    match(slice.metadata.name, /^web-\w{5}$/);
  }),

  inNamespace('what a Deployment made goes with it', async client => {
    await accountReady(client);
    await client.create(workloads(client), deployment('web'));
    const path = client.path('apps/v1/replicasets');
    await until(client, path, ({ items }) => items.length === 1);
    assertOk(await client.remove(`${workloads(client)}/web`));
    await until(client, path, ({ items }) => items.length === 0);
  }),

  inNamespace('an autoscaler starts out knowing nothing', async client => {
    const scaler = {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: { name: 'web' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' },
        maxReplicas: 3,
      },
    };
    const path = client.path('autoscaling/v2/horizontalpodautoscalers');
    const { body } = await client.create(path, scaler);
    deepStrictEqual(body.status, { currentMetrics: null, desiredReplicas: 0 });
    const spec = body.spec as { minReplicas: number; metrics: unknown[] };
    strictEqual(spec.minReplicas, 1);
    deepStrictEqual(spec.metrics, [
      {
        type: 'Resource',
        resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } },
      },
    ]);
    strictEqual(body.metadata.generation, undefined);
  }),

  inNamespace('a namespace is empty before it is gone', async client => {
    const settings = client.path('configmaps');
    // Something that somebody still has to let go: it holds the namespace long enough to look at it.
    const metadata = { name: 'held', finalizers: ['waymark.dev/contract'] };
    assertOk(await client.create(settings, configMap('held', { metadata })));
    assertOk(await client.create(workloads(client), deployment('web', { replicas: 0 })));
    const path = `/api/v1/namespaces/${client.namespace}`;
    assertOk(await client.remove(path));
    await until(client, workloads(client), ({ items }) => items.length === 0);
    const waiting = (await client.get(path)).body;
    strictEqual((waiting.status as { phase?: string }).phase, 'Terminating');
    const { items } = await until(client, settings, list => list.items.length === 1);
    strictEqual(items[0].metadata.name, 'held');
    ok(items[0].metadata.deletionTimestamp);

    const freed = { metadata: { finalizers: null } };
    assertOk(await client.patch(`${settings}/held`, freed, 'application/merge-patch+json'));
    await until(client, path, ({ code }) => code === 404);
  }),
];
