import type { KubernetesTarget } from './ContractClient';

/** What the containers of a workload do; what is not said is ordinary: start, listen, answer 200, stop when told. */
export interface ContainerPlay {
  /** Lines that it prints when it starts. */
  readonly log?: readonly string[];
  readonly exit?: {
    /** Seconds after the start. */
    readonly after: number;
    readonly code: number;
    readonly reason?: 'OOMKilled';
  };
  /** How `/readyz` and `/livez` are answered. */
  readonly readiness?: number;
  readonly liveness?: number;
  /** It goes on after SIGTERM. */
  readonly ignoresTerm?: boolean;
}

/** A cluster with kubelets, whose containers do what they are told to. */
export interface PodTarget extends KubernetesTarget {
  play(workload: { readonly namespace: string; readonly name: string }, play: ContainerPlay): void;
  /** Makes the registry answer that it has no such image. The tag must be `missing`. */
  removeImage(image: string): void;
  /** Of a user who may get, list and watch pods everywhere, and do nothing else. */
  readonly restricted: { readonly user: string; readonly token: string };
}
