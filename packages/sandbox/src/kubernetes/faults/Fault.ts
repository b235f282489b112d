import type { ContainerBehaviour } from '../kubelet/ContainerBehaviour';

/** Something that can go wrong with a workload, as data. `FaultInjector` knows how each kind of effect is brought about. */
export interface Fault {
  readonly name: string;
  readonly description: string;
  readonly effect: FaultEffect;
}

export type FaultEffect =
  /** Its containers behave differently. `restart` replaces the pods, for what only a new pod can suffer from. */
  | {
      readonly type: 'behaviour';
      readonly behaviour: Partial<ContainerBehaviour>;
      readonly restart?: boolean;
    }
  /** The key of a ConfigMap that its containers ask for is not there. */
  | { readonly type: 'missing-key'; readonly variable: string; readonly key: string }
  /** Its pods ask for more than any node has. */
  | { readonly type: 'requests'; readonly resource: string; readonly amount: string }
  /** The namespace may hold no more pods than it has, and one of them is lost. */
  | { readonly type: 'quota'; readonly quota: string }
  /** It is used so much that its autoscaler goes to the maximum: this many times the target there. */
  | { readonly type: 'load'; readonly timesTarget: number }
  /** The node of its first pod falls silent. */
  | { readonly type: 'lost-node' };
