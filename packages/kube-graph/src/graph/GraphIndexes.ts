import {
  apiResources,
  groupOf,
  isKind,
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
import { controllerRef, mentionedKeys, scaleTargetRef, sliceServiceKey, subjectKey } from './keys';
import { KindObjects } from './KindObjects';
import { LabelIndex } from './LabelIndex';
import { ObjectIndex, type Index } from './ObjectIndex';
import { ObjectList } from './ObjectList';
import { idOf, type ObjectRef } from './ref';
import { SelectorIndex } from './SelectorIndex';

type KindIndexes = { readonly [K in Kind]?: readonly Index<ObjectOf<K>>[] };

/** Every way in which the graph looks objects up, filled and emptied together. */
export class GraphIndexes {
  readonly workloads = new ObjectList<Workload>();
  /** Of kinds that Waymark does not type. */
  readonly untyped = new ObjectList<KubeObject>();
  readonly controlledBy = new ObjectIndex<KubeObject>(object => {
    const controller = controllerRef(object);
    return controller ? [idOf(controller)] : [];
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
  readonly scalers = new ObjectIndex<Scaler>(scaler => [idOf(scaleTargetRef(scaler))]);
  readonly verticalScalers = new ObjectIndex<VerticalPodAutoscaler>(scaler => [
    idOf(scaleTargetRef(scaler)),
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
  readonly #kinds = new Map<string, Filing>();

  get size(): number {
    return [...this.#kinds.values()].reduce((size, { objects }) => size + objects.size, 0);
  }

  get<K extends Kind>(kind: K, namespace: string | undefined, name: string) {
    return this.#kinds.get(kind)?.objects.get(namespace, name) as ObjectOf<K> | undefined;
  }

  find({ group, kind, namespace, name }: ObjectRef): KubeObject | undefined {
    return this.#kinds.get(kindKey(group, kind))?.objects.get(namespace, name);
  }

  ofKind<K extends Kind>(kind: K, namespace?: string): ObjectOf<K>[] {
    return (this.#kinds.get(kind)?.objects.list(namespace) ?? []) as ObjectOf<K>[];
  }

  /** The object that is filed under the name of this one. */
  known(object: KubeObject): KubeObject | undefined {
    const { namespace, name } = object.metadata;
    return this.#filingOf(object).objects.get(namespace, name);
  }

  /** Throws, and files nothing, when the object is not of its kind. */
  add(object: KubeObject) {
    const { indexes } = this.#filingOf(object);
    let filed = 0;
    try {
      for (; filed < indexes.length; filed += 1) indexes[filed].add(object);
    } catch (cause) {
      for (const index of indexes.slice(0, filed)) index.remove(object);
      throw cause;
    }
  }

  remove(object: KubeObject) {
    for (const index of this.#filingOf(object).indexes) index.remove(object);
  }

  #filingOf(object: KubeObject): Filing {
    const kind = kindOf(object);
    const key = kind ?? kindKey(groupOf(object.apiVersion), object.kind);
    const known = this.#kinds.get(key);
    if (known) return known;
    const objects = new KindObjects<KubeObject>();
    const own = kind ? [this.controlledBy, ...(this.#ofKind[kind] ?? [])] : [this.untyped];
    const filing = { objects, indexes: [objects, ...(own as Index<KubeObject>[])] };
    this.#kinds.set(key, filing);
    return filing;
  }
}

/** The objects of a kind, and every index that they are in. */
interface Filing {
  readonly objects: KindObjects<KubeObject>;
  readonly indexes: readonly Index<KubeObject>[];
}

/** A kind that Waymark types goes by its name alone; one of the same name in another group does not. */
const kindKey = (group: string, kind: string) =>
  isKind(kind) && apiResources[kind].group === group ? kind : `${group}/${kind}`;
