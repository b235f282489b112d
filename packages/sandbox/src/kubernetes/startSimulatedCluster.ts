import { Timeline } from './clock/Timeline';
import { createAutoscalerController } from './controllers/autoscaling/createAutoscalerController';
import { Loads } from './controllers/autoscaling/Loads';
import type { Controller } from './controllers/Controller';
import { ControllerRuntime } from './controllers/ControllerRuntime';
import { deploymentController } from './controllers/deployment/deploymentController';
import { disruptionController } from './controllers/disruptionController';
import { endpointSliceController } from './controllers/endpointSliceController';
import { GarbageCollector } from './controllers/GarbageCollector';
import { jobController } from './controllers/jobController';
import { loadBalancerController } from './controllers/loadBalancerController';
import { namespaceContentController } from './controllers/namespaceContentController';
import { namespaceController } from './controllers/namespaceController';
import { replicaSetController } from './controllers/replicaSetController';
import { resourceQuotaController } from './controllers/resourceQuotaController';
import { statefulSetController } from './controllers/statefulSetController';
import { volumeController } from './controllers/volumeController';
import { createCluster } from './createCluster';
import { Behaviours } from './kubelet/Behaviours';
import { Kubelets } from './kubelet/Kubelets';
import type { KubernetesCluster } from './KubernetesCluster';
import { NodeHealth } from './nodes/NodeHealth';
import { nodeManifest, type NodeShape } from './nodes/nodeManifest';
import { createScheduler } from './scheduler/createScheduler';
import type { Identities } from './store/Identities';

const threeZones: readonly NodeShape[] = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'].map(
  (zone, index) => ({ zone, subnet: index + 1, cpu: '4', memory: '16Gi' }),
);

/** A whole cluster: API, controllers, scheduler, and kubelets whose containers only behave as if. */
export interface SimulatedCluster {
  readonly cluster: KubernetesCluster;
  /** What containers do. */
  readonly behaviours: Behaviours;
  /** What they use. */
  readonly loads: Loads;
  readonly nodes: NodeHealth;
  /** What they print. */
  readonly kubelets: Kubelets;
  stop(): void;
}

export function startSimulatedCluster(
  options: {
    timeline?: Timeline;
    identities?: Identities;
    historyLimit?: number;
    nodes?: readonly NodeShape[];
  } = {},
): SimulatedCluster {
  const { timeline = Timeline.startingAt(new Date()), nodes = threeZones } = options;
  const cluster = createCluster({ ...options, timeline });
  const behaviours = Behaviours.create(cluster);
  const loads = new Loads();
  const collector = GarbageCollector.start(cluster);
  const controllers = [
    ...plainControllers,
    createScheduler(cluster),
    createAutoscalerController({ loads, behaviours }),
  ].map(controller => ControllerRuntime.start(controller, cluster));
  const kubelets = Kubelets.start(cluster, behaviours);
  nodes.forEach(node => cluster.create(nodeManifest(node, timeline.now())));
  return {
    cluster,
    behaviours,
    loads,
    kubelets,
    nodes: NodeHealth.start(cluster, kubelets),
    stop: () => {
      controllers.forEach(controller => controller.stop());
      collector.stop();
      kubelets.stop();
      timeline.stop();
    },
  };
}

const plainControllers: readonly Controller[] = [
  namespaceController,
  namespaceContentController,
  deploymentController,
  replicaSetController,
  statefulSetController,
  jobController,
  endpointSliceController,
  disruptionController,
  resourceQuotaController,
  volumeController,
  loadBalancerController,
];
