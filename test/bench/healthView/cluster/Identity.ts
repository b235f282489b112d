import { createHash } from 'node:crypto';
import { serviceName } from '../scenarios';

export const CREATED = '2026-11-20T08:00:00Z';

const NAMESPACES = 50;

export interface Place {
  readonly cluster: number;
  readonly service: number;
  readonly deployment: number;
}

/**
 * Names and ids of what a service has at one place. They are digests of it: equal in every run, and as hard to compress
 * as those of a real cluster.
 */
export class Identity {
  /** The value of the `backstage.io/kubernetes-id` label. */
  readonly id: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly replicaSet: string;
  readonly endpointSlice: string;
  readonly #place: string;

  constructor({ cluster, service, deployment }: Place) {
    this.#place = `${cluster} ${service} ${deployment}`;
    this.id = serviceName(service);
    this.namespace = `team-${(service + deployment) % NAMESPACES}`;
    this.labels = { app: this.id, 'backstage.io/kubernetes-id': this.id };
    this.replicaSet = `${this.id}-${this.digestOf('replica set').slice(0, 10)}`;
    this.endpointSlice = `${this.id}-${this.digestOf('endpoint slice').slice(0, 5)}`;
  }

  digestOf(what: string): string {
    return createHash('sha256').update(`${this.#place} ${what}`).digest('hex');
  }

  metadata(kind: string, name: string, owner?: ObjectOwner) {
    const reference = owner && {
      ...owner,
      uid: this.#uidOf(owner),
      controller: true,
      blockOwnerDeletion: true,
    };
    return {
      name,
      namespace: this.namespace,
      uid: this.#uidOf({ kind, name }),
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: CREATED,
      labels: this.labels,
      ...(reference && { ownerReferences: [reference] }),
    };
  }

  #uidOf({ kind, name }: Pick<ObjectOwner, 'kind' | 'name'>): string {
    return this.digestOf(`${kind} ${name}`).replace(
      /^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/,
      '$1-$2-$3-$4-$5',
    );
  }
}

export interface ObjectOwner {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}
