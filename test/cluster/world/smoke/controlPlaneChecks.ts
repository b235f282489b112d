import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { KubeApi, KubeApiError, KubeObject } from '../kubeApi';
import { waitUntil } from '../waitUntil';
import { World } from '../world';
import { Check } from './check';
import { namespace } from './objects';

const versionIsOurs: Check = {
  name: 'the API server is Kubernetes 1.36.3 and ready',
  async run({ controlPlane: { admin } }) {
    const { gitVersion } = await admin.send<{ gitVersion: string }>('GET', '/version');
    assert.equal(gitVersion, 'v1.36.3');
    assert.equal(await admin.send('GET', '/readyz'), 'ok');
  },
};

const nodesInZones: Check = {
  name: 'three nodes are Ready in three zones',
  async run({ controlPlane: { admin } }) {
    const nodes = await admin.list<KubeObject & { status: NodeStatus }>('v1', 'Node', {
      labelSelector: 'type!=kwok',
    });
    const ready = nodes.filter(({ status }) =>
      status.conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True'),
    );
    const zone = 'topology.kubernetes.io/zone';
    assert.equal(ready.length, 3);
    assert.equal(new Set(ready.map(({ metadata }) => metadata.labels?.[zone])).size, 3);
  },
};

interface NodeStatus {
  conditions: { type: string; status: string }[];
}

const portalIsBounded: Check = {
  name: 'the portal may do what its ClusterRole says and nothing else',
  async run(world) {
    const portal = portalApi(world);
    await assert.rejects(portal.list('v1', 'Pod'), isForbidden);
    await world.grantPortal([{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }]);
    await waitUntil(() => portal.list('v1', 'Pod'), {
      what: 'the grant is seen',
      timeoutSeconds: 5,
    });
    await assert.rejects(portal.list('v1', 'Secret'), isForbidden);
    portal.close();
  },
};

function portalApi({ controlPlane: { url, ca }, portal }: World): KubeApi {
  assert.match(readFileSync(portal.kubeconfig, 'utf8'), new RegExp(portal.token));
  return new KubeApi({ url, ca, token: portal.token });
}

const isForbidden = (error: Error) => error instanceof KubeApiError && error.status === 403;

const customKinds: Check = {
  name: 'kinds of common operators can be applied',
  async run({ controlPlane: { admin } }) {
    const metadata = { name: 'any', namespace };
    await admin.applyAll([
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { apiVersion: 'autoscaling.k8s.io/v1', kind: 'VerticalPodAutoscaler', metadata },
      { apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata },
      { apiVersion: 'external-secrets.io/v1', kind: 'ExternalSecret', metadata },
    ]);
  },
};

export const controlPlaneChecks = [versionIsOurs, nodesInZones, portalIsBounded, customKinds];

export const restartChecks: Check[] = [
  {
    name: 'the API server comes back after a crash, with what it knew',
    async run({ controlPlane: { admin, apiServer } }) {
      await apiServer.kill();
      await assert.rejects(admin.send('GET', '/readyz'));
      await apiServer.start();
      assert.ok(
        await admin.find({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }),
      );
    },
  },
  {
    name: 'Argo CD comes back after a crash and knows its token',
    async run({ argocd }) {
      assert.ok(argocd);
      await argocd.kill();
      await assert.rejects(argocd.api.send('GET', '/api/v1/applications'));
      await argocd.restart();
      await argocd.api.send('GET', '/api/v1/applications');
    },
  },
];
