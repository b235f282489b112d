import { type Kind, type ObjectId, refOfId } from '@waymark/kube-graph';
import type { Owned } from '../entities/EntitySelector';
import type { Judgement, Release } from './SubjectRecord';

export interface UndecidedInput {
  readonly subject: ObjectId;
  readonly owned: Owned;
  /** The last known one, so that the defect is not taken for a rollout. */
  readonly release?: Release;
  /** Why nothing can be said. */
  readonly message: string;
}

/** What cannot be judged, or not be read any more, is unknown and says why; its last verdict must not stand for ever. */
export function undecided({ subject, owned, release, message }: UndecidedInput): Judgement {
  const workload = refOfId(subject);
  return {
    subject,
    owned,
    readiness: { open: [], passed: {} },
    health: {
      verdict: {
        subject: workload,
        status: 'unknown',
        symptoms: [],
        gaps: [{ kind: workload.kind as Kind, message }],
      },
      facts: {
        workload,
        replicas: { desired: 0, ready: 0, updated: 0, total: 0 },
        images: [],
        ...release,
        recentRestarts: 0,
        pods: [],
        disruptionBudgets: [],
        services: [],
      },
    },
  };
}
