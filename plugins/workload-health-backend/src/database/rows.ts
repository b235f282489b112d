import type { Status } from '@waymark/health';
import type { ClusterState } from '@waymark/cluster-watch';
import type { Transition } from '../collector/SubjectRecord';

/** A counter as the driver returns it: PostgreSQL's come as strings. */
export type Count = number | string;

export interface LeaseRow {
  cluster: string;
  owner: string;
  expires: Count;
}

export interface ClusterStateRow {
  cluster: string;
  state: ClusterState['state'];
  message: string | null;
  last_contact: string | null;
  /** When every verdict was last one of the picture that its collector has. */
  fit_at: string | null;
  forbidden: string;
  written_at: string;
  revision: Count;
}

export interface VerdictRow {
  cluster: string;
  subject: string;
  namespace: string | null;
  labels: string;
  application: string | null;
  status: Status | null;
  since: string;
  cause_code: string | null;
  cause_args: string | null;
  verdict: string | null;
  facts: string | null;
  release: string | null;
  release_change: string | null;
  digest: string;
  observed_at: string;
  revision: Count;
  gone_at: string | null;
}

export interface ReadinessRow {
  cluster: string;
  subject: string;
  results: string;
}

export interface TransitionRow {
  cluster: string;
  subject: string;
  namespace: string | null;
  at: string;
  from_status: Status | null;
  to_status: Transition['to'];
  cause_code: string | null;
  cause_args: string | null;
  release: string;
}

export interface EntitySelectorRow {
  entity_ref: string;
  selector: string;
  updated_at: string;
}
