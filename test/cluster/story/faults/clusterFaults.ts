import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { KubeObject } from '../../world/kubeApi';
import type { World } from '../../world/world';
import { firstSeen } from '../firstSeen';
import type { Fault } from './Fault';
import { podsOf } from './pods';
import { budget, budgetRef, deploymentRef, inCourier, courier, courierDeployment } from './courier';

const run = promisify(execFile);

interface Conditions extends KubeObject {
  status?: {
    conditions?: { type: string; status: string; reason?: string }[];
    currentReplicas?: number;
    disruptionsAllowed?: number;
  };
  spec?: { unschedulable?: boolean };
}

const holds = ({ status }: Conditions, type: string, reason: string) =>
  status?.conditions?.some(
    condition =>
      condition.type === type && condition.status === 'True' && condition.reason === reason,
  );

interface Quota extends KubeObject {
  status?: { used?: { pods?: string } };
}

const quotaRef = inCourier('v1', 'ResourceQuota');

export const quotaExceeded: Fault = {
  name: 'a quota that leaves no room for a rollout',
  subject: courier,
  async make({ controlPlane: { admin } }) {
    await admin.apply({ ...quotaRef, spec: { hard: { pods: String(courier.replicas) } } });
    // Until the quota controller has counted what is there, the API server refuses nothing.
    await firstSeen('the quota counts the pods', async () => {
      const { status } = await admin.get<Quota>(quotaRef);
      return status?.used?.pods === String(courier.replicas);
    });
    await admin.apply(courierDeployment({ env: [{ name: 'SPEED', value: 'faster' }] }));
  },
  async shows({ controlPlane: { admin } }) {
    return holds(await admin.get<Conditions>(deploymentRef), 'ReplicaFailure', 'FailedCreate');
  },
  code: 'quota-exceeded',
  sentence: /quota "courier" is used up, 2 of 2 pods$/,
  async mend({ controlPlane: { admin } }) {
    await admin.delete(quotaRef);
    await admin.apply(courierDeployment());
  },
};

export const drainBlocked: Fault = {
  name: 'a disruption budget that blocks a drain',
  subject: courier,
  async make(world) {
    const { admin, kubectl } = world.controlPlane;
    await admin.apply(budget(courier.replicas));
    const [pod] = await podsOf(world, courier);
    await kubectlAsAdmin(world, kubectl, 'cordon', pod.spec.nodeName!);
  },
  async shows(world) {
    const { admin } = world.controlPlane;
    const [pod] = await podsOf(world, courier);
    const node = { apiVersion: 'v1', kind: 'Node', metadata: { name: pod.spec.nodeName! } };
    const { status } = await admin.get<Conditions>(budgetRef);
    const { spec } = await admin.get<Conditions>(node);
    return status?.disruptionsAllowed === 0 && spec?.unschedulable;
  },
  code: 'drain-blocked',
  sentence:
    /^courier keeps node "ip-.*" from being drained: budget "courier" demands 2 healthy pods and 2 are$/,
  async mend(world) {
    const { admin, kubectl } = world.controlPlane;
    await Promise.all(
      world.nodes.map(({ name }) => kubectlAsAdmin(world, kubectl, 'uncordon', name)),
    );
    await admin.apply(budget(1));
  },
};

const scalerRef = inCourier('autoscaling/v2', 'HorizontalPodAutoscaler');
const MAX = 3;

export const scalerAtMaximum: Fault = {
  name: 'an autoscaler at its maximum',
  subject: courier,
  async make({ metrics, controlPlane: { admin } }) {
    metrics.set(courier.namespace, courier.name, { cpu: 0.95 });
    await admin.apply({
      ...scalerRef,
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: courier.name },
        ...{ minReplicas: courier.replicas, maxReplicas: MAX },
        metrics: [
          {
            type: 'Resource',
            resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 50 } },
          },
        ],
      },
    });
  },
  async shows({ controlPlane: { admin } }) {
    const scaler = await admin.get<Conditions>(scalerRef);
    return (
      scaler.status?.currentReplicas === MAX && holds(scaler, 'ScalingLimited', 'TooManyReplicas')
    );
  },
  code: 'scaler-at-maximum',
  sentence: /^courier is at its maximum of 3 pods, with cpu at 95 % of a target of 50 %$/,
  async mend({ metrics, controlPlane: { admin } }) {
    metrics.set(courier.namespace, courier.name, { cpu: 0.4 });
    await admin.delete(scalerRef);
    await admin.apply(courierDeployment());
  },
};

function kubectlAsAdmin({ dir }: World, kubectl: string, verb: string, node: string) {
  return run(kubectl, ['--kubeconfig', `${dir}/admin.kubeconfig`, verb, node]);
}
