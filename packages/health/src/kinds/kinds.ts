import type { KindJudge, Subject } from './SubjectJudge';
import { cronJob } from './cronJob';
import { daemonSet } from './daemonSet';
import { deployment } from './deployment';
import { horizontalPodAutoscaler } from './horizontalPodAutoscaler';
import { job } from './job';
import { pod } from './pod';
import { podDisruptionBudget } from './podDisruptionBudget';
import { replicaSet } from './replicaSet';
import { service } from './service';
import { statefulSet } from './statefulSet';

type SubjectOf<K extends Subject['kind']> = Extract<Subject, { kind: K }>;

const kinds: { readonly [K in Subject['kind']]: KindJudge<SubjectOf<K>> } = {
  CronJob: cronJob,
  DaemonSet: daemonSet,
  Deployment: deployment,
  HorizontalPodAutoscaler: horizontalPodAutoscaler,
  Job: job,
  Pod: pod,
  PodDisruptionBudget: podDisruptionBudget,
  ReplicaSet: replicaSet,
  Service: service,
  StatefulSet: statefulSet,
};

export const kindJudges = Object.values(kinds) as readonly KindJudge[];

export const judgeOfKind = (subject: Subject) => kinds[subject.kind] as KindJudge;

export const SUBJECT_KINDS = Object.keys(kinds) as readonly Subject['kind'][];
