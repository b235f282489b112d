import {
  kindOf,
  type EndpointSlice,
  type Event,
  type Kind,
  type KubeObject,
  type NetworkPolicy,
  type ObjectOf,
  type Pod,
  type PodDisruptionBudget,
  type Service,
  type VerticalPodAutoscaler,
  type Workload,
} from '../objects';
import { isWorkload, podTemplateOf, selectorOf, serviceSelector } from '../edges';
import type { Scaler } from './Graph';
import { controllerId, mentionedKeys, scaleTargetId, sliceServiceKey, subjectKey } from './keys';
import { LabelIndex, SelectorIndex } from './LabelIndex';
import { ObjectIndex } from './ObjectIndex';
import type { ObjectId } from './ref';

/** Every way in which the graph looks objects up, filled and emptied together. */
export class GraphIndexes {
  readonly controlledBy = new ObjectIndex<KubeObject>();
  readonly podLabels = new LabelIndex<Pod>(({ metadata }) => metadata.labels);
  /** Of all workloads but pods, which carry their labels themselves. */
  readonly templateLabels = new LabelIndex<Workload>(
    workload => podTemplateOf(workload).metadata?.labels,
  );
  readonly mentions = new ObjectIndex<Workload>();
  readonly podsOnNode = new ObjectIndex<Pod>();
  readonly workloadSelectors = new SelectorIndex<Workload>(selectorOf);
  readonly services = new SelectorIndex<Service>(serviceSelector);
  readonly budgets = new SelectorIndex<PodDisruptionBudget>(({ spec }) => spec?.selector);
  readonly policies = new SelectorIndex<NetworkPolicy>(({ spec }) => spec?.podSelector ?? {});
  readonly slices = new ObjectIndex<EndpointSlice>();
  readonly scalers = new ObjectIndex<Scaler>();
  readonly verticalScalers = new ObjectIndex<VerticalPodAutoscaler>();
  readonly events = new ObjectIndex<Event>();
  readonly #kinds = new ObjectIndex<KubeObject>();

  ofKind<K extends Kind>(kind: K, namespace?: string): ObjectOf<K>[] {
    const key = namespace === undefined ? kind : `${kind}@${namespace}`;
    return this.#kinds.get(key) as ObjectOf<K>[];
  }

  workloads(namespace?: string): Workload[] {
    return this.#kinds.get(
      namespace === undefined ? '*workload' : `*workload@${namespace}`,
    ) as Workload[];
  }

  untyped(namespace?: string): KubeObject[] {
    if (namespace === undefined) return this.#kinds.get('*untyped');
    const everywhere = this.#kinds.get('*untyped@');
    return namespace ? [...this.#kinds.get(`*untyped@${namespace}`), ...everywhere] : everywhere;
  }

  set(id: ObjectId, object: KubeObject) {
    const kind = kindOf(object);
    if (!kind) {
      this.#kinds.set(id, object, ['*untyped', `*untyped@${object.metadata.namespace ?? ''}`]);
      return;
    }
    const names = isWorkload(object) ? [kind, '*workload'] : [kind];
    const namespace = object.metadata.namespace ?? '';
    this.#kinds.set(
      id,
      object,
      names.flatMap(name => [name, `${name}@${namespace}`]),
    );
    const controller = controllerId(object);
    this.controlledBy.set(id, object, controller ? [controller] : []);
    if (isWorkload(object)) this.#setWorkload(id, object);
    else this.#setRelated(id, object as ObjectOf<Kind>);
  }

  #setWorkload(id: ObjectId, workload: Workload) {
    this.mentions.set(id, workload, mentionedKeys(workload));
    if (workload.kind !== 'Pod') {
      this.templateLabels.set(id, workload);
      this.workloadSelectors.set(id, workload);
      return;
    }
    this.podLabels.set(id, workload);
    this.podsOnNode.set(id, workload, workload.spec?.nodeName ? [workload.spec.nodeName] : []);
  }

  #setRelated(id: ObjectId, object: ObjectOf<Kind>) {
    switch (object.kind) {
      case 'Service':
        return this.services.set(id, object);
      case 'PodDisruptionBudget':
        return this.budgets.set(id, object);
      case 'NetworkPolicy':
        return this.policies.set(id, object);
      case 'EndpointSlice':
        return this.slices.set(id, object, [sliceServiceKey(object)]);
      case 'HorizontalPodAutoscaler':
      case 'ScaledObject':
        return this.scalers.set(id, object, [scaleTargetId(object)]);
      case 'VerticalPodAutoscaler':
        return this.verticalScalers.set(id, object, [scaleTargetId(object)]);
      case 'Event':
        return this.events.set(id, object, [subjectKey(object)]);
      default:
        return undefined;
    }
  }

  delete(id: ObjectId, object: KubeObject) {
    this.#kinds.delete(id);
    this.controlledBy.delete(id);
    const related = isWorkload(object)
      ? [
          this.templateLabels,
          this.workloadSelectors,
          this.mentions,
          this.podLabels,
          this.podsOnNode,
        ]
      : [
          this.services,
          this.budgets,
          this.policies,
          this.slices,
          this.scalers,
          this.verticalScalers,
          this.events,
        ];
    for (const index of related) index.delete(id);
  }
}
