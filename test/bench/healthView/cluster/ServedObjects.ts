import type { Scenario } from '../scenarios';
import { type ServedObject, serviceObjects } from './serviceObjects';

interface Item {
  readonly namespace: string;
  readonly json: string;
}

/** The objects of one cluster as JSON, so that the server costs next to nothing beside the one that is measured. */
export class ServedObjects {
  readonly #byResource = new Map<string, Item[]>();
  readonly #byId = new Map<string, Item[]>();

  static of(scenario: Scenario, cluster: number): ServedObjects {
    const served = new ServedObjects();
    for (let service = 0; service < scenario.services; service += 1) {
      for (let deployment = 0; deployment < scenario.deploymentsPerService; deployment += 1)
        serviceObjects({ cluster, service, deployment }, scenario).forEach(served.#add, served);
    }
    return served;
  }

  /** All of a resource, or those of one `backstage.io/kubernetes-id`, in one namespace if that is given. */
  select(resource: string, id?: string, namespace?: string): readonly string[] {
    const items =
      (id === undefined ? this.#byResource.get(resource) : this.#byId.get(`${resource} ${id}`)) ??
      [];
    return items
      .filter(item => namespace === undefined || item.namespace === namespace)
      .map(({ json }) => json);
  }

  #add({ resource, id, namespace, object }: ServedObject) {
    const item = { namespace, json: JSON.stringify(object) };
    append(this.#byResource, resource, item);
    append(this.#byId, `${resource} ${id}`, item);
  }
}

function append(index: Map<string, Item[]>, key: string, item: Item) {
  const items = index.get(key);
  if (items) items.push(item);
  else index.set(key, [item]);
}
