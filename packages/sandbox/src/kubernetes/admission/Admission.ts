import type { KubeObject } from '../objects/KubeObject';
import type { Resource } from '../resources/Resource';

/** What an admission step may look at besides the object itself. */
export interface ClusterView {
  get(ref: { kind: string; namespace?: string; name: string }): KubeObject | undefined;
  list(kind: string, options?: { namespace?: string }): readonly KubeObject[];
}

export interface AdmissionRequest {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly resource: Resource;
  /** A private copy: steps fill in what is missing. */
  readonly object: KubeObject;
  readonly previous?: KubeObject;
  readonly cluster: ClusterView;
}

/** One step on the way into the store: fills in, or refuses by throwing an `ApiError`. */
export type Admission = (request: AdmissionRequest) => void;
