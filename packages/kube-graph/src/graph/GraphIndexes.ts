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
import { podTemplateOf, selectorOf, serviceSelector } from '../edges';
import type { Scaler } from './Graph';
import { controllerId, mentionedKeys, scaleTargetId, sliceServiceKey, subjectKey } from './keys';
import { LabelIndex } from './LabelIndex';
import { ObjectIndex, type Index } from './ObjectIndex';
import { ObjectList } from './ObjectList';
import { SelectorIndex } from './SelectorIndex';

type KindIndexes = { readonly [K in Kind]?: readonly Index<ObjectOf<K>>[] };

/** Every way in which the graph looks objects up, filled and emptied together. */
export class GraphIndexes {
  readonly workloads = new ObjectList<Workload>();
  /** Of kinds that Waymark does not type. */
  readonly untyped = new ObjectList<KubeObject>();
  readonly controlledBy = new ObjectIndex<KubeObject>(object => {
    const controller = controllerId(object);
    return controller ? [controller] : [];
  });
  readonly podLabels = new LabelIndex<Pod>(({ metadata }) => metadata.labels);
  /** Of all workloads but pods, which carry their labels themselves. */
  readonly templateLabels = new LabelIndex<Workload>(
    workload => podTemplateOf(workload).metadata?.labels,
  );
  readonly mentions = new ObjectIndex<Workload>(mentionedKeys);
  readonly podsOnNode = new ObjectIndex<Pod>(({ spec }) => (spec?.nodeName ? [spec.nodeName] : []));
  readonly workloadSelectors = new SelectorIndex<Workload>(selectorOf);
  readonly services = new SelectorIndex<Service>(serviceSelector);
  readonly budgets = new SelectorIndex<PodDisruptionBudget>(({ spec }) => spec?.selector);
  readonly policies = new SelectorIndex<NetworkPolicy>(({ spec }) => spec?.podSelector ?? {});
  readonly slices = new ObjectIndex<EndpointSlice>(slice => [sliceServiceKey(slice)]);
  readonly scalers = new ObjectIndex<Scaler>(scaler => [scaleTargetId(scaler)]);
  readonly verticalScalers = new ObjectIndex<VerticalPodAutoscaler>(scaler => [
    scaleTargetId(scaler),
  ]);
  readonly events = new ObjectIndex<Event>(event => [subjectKey(event)]);

  readonly #ofTemplate: readonly Index<Workload>[] = [
    this.mentions,
    this.templateLabels,
    this.workloadSelectors,
    this.workloads,
  ];
  readonly #ofKind: KindIndexes = {
    Deployment: this.#ofTemplate,
    StatefulSet: this.#ofTemplate,
    DaemonSet: this.#ofTemplate,
    ReplicaSet: this.#ofTemplate,
    Job: this.#ofTemplate,
    CronJob: this.#ofTemplate,
    Pod: [this.mentions, this.podLabels, this.podsOnNode, this.workloads],
    Service: [this.services],
    PodDisruptionBudget: [this.budgets],
    NetworkPolicy: [this.policies],
    EndpointSlice: [this.slices],
    HorizontalPodAutoscaler: [this.scalers],
    ScaledObject: [this.scalers],
    VerticalPodAutoscaler: [this.verticalScalers],
    Event: [this.events],
  };
  readonly #filing = new Map<Kind, readonly Index<KubeObject>[]>();
  readonly #kinds = new Map<Kind, ObjectList<KubeObject>>();

  ofKind<K extends Kind>(kind: K, namespace?: string): ObjectOf<K>[] {
    return (this.#kinds.get(kind)?.get(namespace) ?? []) as ObjectOf<K>[];
  }

  /** Throws, and files nothing, when the object is not of its kind. */
  add(object: KubeObject) {
    const indexes = this.#indexesOf(object);
    let filed = 0;
    try {
      for (; filed < indexes.length; filed += 1) indexes[filed].add(object);
    } catch (cause) {
      for (const index of indexes.slice(0, filed)) index.remove(object);
      throw cause;
    }
  }

  remove(object: KubeObject) {
    for (const index of this.#indexesOf(object)) index.remove(object);
  }

  #indexesOf(object: KubeObject): readonly Index<KubeObject>[] {
    const kind = kindOf(object);
    if (!kind) return [this.untyped];
    const known = this.#filing.get(kind);
    if (known) return known;
    const list = new ObjectList<KubeObject>();
    const own = (this.#ofKind[kind] ?? []) as readonly Index<KubeObject>[];
    const indexes = [list, this.controlledBy, ...own];
    this.#kinds.set(kind, list);
    this.#filing.set(kind, indexes);
    return indexes;
  }
}
