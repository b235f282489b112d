import { keyOf } from '../controllers/ownership';
import type { WorkloadName } from '../kubelet/Behaviours';
import type { KubeObject } from '../objects/KubeObject';
import type { Container, Pod } from '../objects/pod';
import type { Deployment, StatefulSet } from '../objects/workload';
import { parseQuantity } from '../quantity/quantity';
import { podResources } from '../quantity/podRequests';
import type { SimulatedCluster } from '../startSimulatedCluster';
import type { Fault, FaultEffect } from './Fault';
import { faults } from './faults';

type Workload = Deployment | StatefulSet;
type Undo = () => void;
type EffectOf<T extends FaultEffect['type']> = Extract<FaultEffect, { type: T }>;

const textOf = ({ namespace, name }: WorkloadName) => `${namespace}/${name}`;
const TRACKING = 'argocd.argoproj.io/tracking-id';

/**
 * Breaks and mends workloads through what a cluster offers for it: specs, load, quotas, nodes and the behaviour of
 * containers. Every condition that follows is the controllers' own work. One fault per workload at a time.
 */
export class FaultInjector {
  readonly kinds = faults;
  private readonly active = new Map<string, { readonly fault: string; readonly undo: Undo }>();

  private constructor(private readonly simulation: SimulatedCluster) {}

  static create(simulation: SimulatedCluster): FaultInjector {
    return new FaultInjector(simulation);
  }

  faultOf(workload: WorkloadName): string | undefined {
    return this.active.get(textOf(workload))?.fault;
  }

  /** Replaces the fault that the workload may have. Throws, with a sentence for people, where it cannot be broken so. */
  break(workload: WorkloadName, name: string = faults[0].name): string {
    const fault = faults.find(candidate => candidate.name === name);
    if (!fault) throw new Error(`no fault is called ${name}`);
    const target = this.find(workload);
    this.mend(workload);
    this.active.set(textOf(workload), { fault: name, undo: this.inflict(target, fault) });
    return name;
  }

  mend(workload: WorkloadName): void {
    const active = this.active.get(textOf(workload));
    this.active.delete(textOf(workload));
    active?.undo();
  }

  private find({ namespace, name }: WorkloadName): Workload {
    const { cluster } = this.simulation;
    const found =
      cluster.get({ kind: 'Deployment', namespace, name }) ??
      cluster.get({ kind: 'StatefulSet', namespace, name });
    if (!found) throw new Error(`no Deployment or StatefulSet is called ${namespace}/${name}`);
    return found;
  }

  private inflict(workload: Workload, { effect }: Fault): Undo {
    switch (effect.type) {
      case 'behaviour':
        return this.misbehave(workload, effect);
      case 'missing-key':
        return this.askForMissingKey(workload, effect);
      case 'requests':
        return this.askForTooMuch(workload, effect);
      case 'quota':
        return this.takeRoom(workload, effect);
      case 'load':
        return this.overload(workload, effect);
      default:
        return this.loseNode(workload);
    }
  }

  private misbehave(workload: Workload, effect: EffectOf<'behaviour'>): Undo {
    const { behaviours, kubelets } = this.simulation;
    const name = nameOf(workload);
    behaviours.set(name, effect.behaviour);
    if (effect.restart) {
      // What the nodes still have would hide that the registry has nothing.
      if (effect.behaviour.imageMissing) kubelets.forgetImages(imagesOf(workload));
      this.replacePods(workload);
    }
    return () => {
      behaviours.reset(name);
      // As a fixed release would: nobody waits for the end of a back-off.
      this.replacePods(workload);
    };
  }

  private askForMissingKey(workload: Workload, effect: EffectOf<'missing-key'>): Undo {
    const { variable, key } = effect;
    const [first] = workload.spec.template.spec.containers;
    const known = [
      ...(first.envFrom ?? []).map(({ configMapRef }) => configMapRef?.name),
      ...(first.env ?? []).map(({ valueFrom }) => valueFrom?.configMapKeyRef?.name),
    ].find(Boolean);
    const name = known ?? `${workload.metadata.name}-config`;
    return this.editContainer(workload, container => ({
      ...container,
      env: [
        ...(container.env ?? []),
        { name: variable, valueFrom: { configMapKeyRef: { name, key } } },
      ],
    }));
  }

  private askForTooMuch(workload: Workload, effect: EffectOf<'requests'>): Undo {
    const { resource, amount } = effect;
    return this.editContainer(workload, container => {
      const { requests, limits } = container.resources ?? {};
      // A limit below the request would be refused.
      const { [resource]: _, ...others } = limits ?? {};
      return {
        ...container,
        resources: { limits: others, requests: { ...requests, [resource]: amount } },
      };
    });
  }

  /** Changes the first container of the template by hand, which Argo CD then shows as drift. */
  private editContainer(workload: Workload, change: (container: Container) => Container): Undo {
    this.refuseIfHealed(workload);
    const { cluster } = this.simulation;
    const [before] = workload.spec.template.spec.containers;
    const write = (wanted: Container) =>
      cluster.modify(workload, draft => {
        draft.spec.template.spec.containers[0] = wanted;
      });
    write(change(before));
    return () => write(before);
  }

  private refuseIfHealed({ metadata }: Workload): void {
    const application = metadata.annotations?.[TRACKING]?.split(':')[0];
    if (!application) return;
    const owner = this.simulation.cluster
      .list({ kind: 'Application', apiVersion: 'argoproj.io/v1alpha1' })
      .find(candidate => candidate.metadata.name === application);
    if (!healsItself(owner)) return;
    throw new Error(
      `Argo CD would undo this at once: the application ${application} has selfHeal. ` +
        'Break it in Git, or choose a fault that needs no change of the manifest.',
    );
  }

  private takeRoom(workload: Workload, { quota }: EffectOf<'quota'>): Undo {
    const { cluster } = this.simulation;
    const { namespace } = nameOf(workload);
    const [lost] = this.podsOf(workload);
    // At once: a pod that is still ending would count, and be missing from the room a moment later.
    if (lost) cluster.remove({ kind: 'Pod', ...keyOf(lost) }, { gracePeriodSeconds: 0 });
    const hard = { pods: String(cluster.list('Pod', { namespace }).length) };
    const metadata = { name: quota, namespace };
    cluster.apply({ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } });
    return () => {
      if (cluster.get({ kind: 'ResourceQuota', ...metadata })) {
        cluster.remove({ kind: 'ResourceQuota', ...metadata });
      }
    };
  }

  private overload(workload: Workload, { timesTarget }: EffectOf<'load'>): Undo {
    const { cluster, loads } = this.simulation;
    const name = nameOf(workload);
    const scaler = cluster
      .list('HorizontalPodAutoscaler', { namespace: name.namespace })
      .find(
        ({ spec: { scaleTargetRef: ref } }) => ref.name === name.name && ref.kind === workload.kind,
      );
    if (!scaler) throw new Error(`${textOf(name)} has no HorizontalPodAutoscaler`);
    const target = scaler.spec.metrics?.find(({ resource }) => resource?.name === 'cpu');
    const percent = target?.resource?.target.averageUtilization ?? 80;
    const requested = podResources(workload.spec.template.spec).cpu ?? parseQuantity('100m');
    loads.set(name, scaler.spec.maxReplicas * requested * (percent / 100) * timesTarget);
    return () => loads.reset(name);
  }

  private loseNode(workload: Workload): Undo {
    const { nodes } = this.simulation;
    const node = this.podsOf(workload).find(({ spec }) => spec.nodeName)?.spec.nodeName;
    if (!node) throw new Error(`${textOf(nameOf(workload))} has no pod on a node`);
    nodes.lose(node);
    return () => nodes.recover(node);
  }

  private podsOf(workload: Workload): Pod[] {
    const { cluster, behaviours } = this.simulation;
    const { namespace, name } = nameOf(workload);
    return cluster
      .list('Pod', { namespace })
      .filter(pod => !pod.metadata.deletionTimestamp && behaviours.workloadOf(pod).name === name);
  }

  private replacePods(workload: Workload): void {
    const { cluster } = this.simulation;
    this.podsOf(workload).forEach(pod => cluster.remove({ kind: 'Pod', ...keyOf(pod) }));
  }
}

const nameOf = ({ metadata }: Workload): WorkloadName => ({
  namespace: metadata.namespace ?? 'default',
  name: metadata.name,
});

const imagesOf = ({ spec }: Workload): string[] =>
  spec.template.spec.containers.map(({ image = '' }) => image);

function healsItself(application: KubeObject | undefined): boolean {
  const { syncPolicy } = (application?.spec ?? {}) as {
    syncPolicy?: { automated?: { selfHeal?: boolean } };
  };
  return syncPolicy?.automated?.selfHeal === true;
}
