import type { Deployment, ReplicaSet } from '../../objects/workload';
import { withCondition } from '../conditions';
import type { Controller, ControllerContext } from '../Controller';
import { controlledBy, keyOf, ownerOfKind } from '../ownership';
import { isActive } from '../podState';
import { countedStatus, isComplete, rolloutStatus, untilDeadline } from './deploymentStatus';
import {
  annotationsFor,
  currentOf,
  desiredAtLastSync,
  newReplicaSet,
  REVISION,
  revisionOf,
} from './revisions';
import { nextReplicas, scaleDownOld } from './rollingUpdate';

/** Deployment → ReplicaSets: rollouts within surge and unavailability, revisions, progress deadline. */
export const deploymentController: Controller = {
  name: 'deployment-controller',

  *affected({ object }) {
    if (object.kind === 'Deployment') yield keyOf(object);
    if (object.kind === 'ReplicaSet') yield* ownerOfKind(object, 'Deployment');
  },

  reconcile(key, context) {
    const deployment = context.cluster.get({ kind: 'Deployment', ...key });
    if (!deployment) return;
    const sets = controlledBy(context.cluster, 'ReplicaSet', deployment);
    const rollout = { deployment, sets, context };
    if (deployment.metadata.deletionTimestamp) {
      syncCounts(rollout);
    } else if (deployment.spec.paused) {
      noteProgress(rollout, 'DeploymentPaused', 'Deployment is paused');
      scaleTogether(rollout);
      syncCounts(rollout);
    } else {
      rollOut(rollout);
    }
  },
};

interface Rollout {
  readonly deployment: Deployment;
  readonly sets: readonly ReplicaSet[];
  readonly context: ControllerContext;
}

function rollOut(rollout: Rollout): void {
  const { deployment, sets, context } = rollout;
  const paused = deployment.status.conditions?.some(({ reason }) => reason === 'DeploymentPaused');
  if (paused) noteProgress(rollout, 'DeploymentResumed', 'Deployment is resumed');
  const scaled = activeOf(sets).some(set => {
    const desired = desiredAtLastSync(set);
    return desired !== undefined && desired !== deployment.spec.replicas;
  });
  if (scaled) {
    scaleTogether(rollout);
    syncCounts(rollout);
    return;
  }
  const current = currentOf(deployment, sets) ?? startRevision(rollout);
  if (!current) return;
  const numbered = numberRevision(rollout, current);
  const old = sets.filter(({ metadata }) => metadata.uid !== numbered.metadata.uid);
  step(rollout, numbered, old);

  const fresh = controlledBy(context.cluster, 'ReplicaSet', deployment);
  const latest = fresh.find(({ metadata }) => metadata.uid === numbered.metadata.uid) ?? numbered;
  const updated = writeStatus(rollout, live => rolloutStatus(live, fresh, latest, now(context)));
  if (updated && isComplete(updated, updated.status)) forgetOldRevisions(rollout, old);
  const deadline = updated && untilDeadline(updated, now(context));
  if (deadline !== undefined) context.requeue(keyOf(deployment), deadline);
}

/** One step of the rollout: first up, then, once that changes nothing more, down. */
function step(rollout: Rollout, current: ReplicaSet, old: readonly ReplicaSet[]): void {
  const { deployment } = rollout;
  const target = Math.min(nextReplicas(deployment, { current, old }), deployment.spec.replicas);
  if (current.spec.replicas > deployment.spec.replicas) {
    scale(rollout, current, deployment.spec.replicas);
  } else if (deployment.spec.strategy.type === 'Recreate' && !isCleared(rollout, old)) {
    activeOf(old).forEach(set => scale(rollout, set, 0));
  } else if (target !== current.spec.replicas) {
    scale(rollout, current, target);
  } else {
    scaleDownOld(deployment, { current, old }).forEach(({ replicaSet, replicas }) =>
      scale(rollout, replicaSet, replicas),
    );
  }
}

const now = ({ cluster }: ControllerContext) => cluster.timeline.now();
const activeOf = (sets: readonly ReplicaSet[]) => sets.filter(({ spec }) => spec.replicas > 0);

/** Recreate waits until nothing of the old runs, the pods that are still ending included. */
const isCleared = ({ context }: Rollout, old: readonly ReplicaSet[]): boolean =>
  old.every(
    set =>
      set.spec.replicas === 0 &&
      controlledBy(context.cluster, 'Pod', set).every(
        pod => !isActive(pod) && !pod.metadata.deletionTimestamp,
      ),
  );

function startRevision(rollout: Rollout): ReplicaSet | undefined {
  const { deployment, sets, context } = rollout;
  if (deployment.spec.strategy.type === 'Recreate' && !isCleared(rollout, sets)) {
    activeOf(sets).forEach(set => scale(rollout, set, 0));
    syncCounts(rollout);
    return undefined;
  }
  const revision = Math.max(0, ...sets.map(revisionOf)) + 1;
  const replicas = nextReplicas(deployment, { old: sets });
  const created = context.cluster.create(newReplicaSet(deployment, { revision, replicas }));
  const { name } = created.metadata;
  if (replicas > 0) announceScaling(rollout, `up replica set ${name} from 0 to ${replicas}`);
  if (deployment.spec.progressDeadlineSeconds) {
    noteProgress(rollout, 'NewReplicaSetCreated', `Created new replica set "${name}"`, 'True');
  }
  return created as ReplicaSet;
}

/** An old revision that is rolled back to becomes the newest; the Deployment shows the number of its current one. */
function numberRevision({ deployment, sets, context }: Rollout, current: ReplicaSet): ReplicaSet {
  const others = sets.filter(({ metadata }) => metadata.uid !== current.metadata.uid);
  const highest = Math.max(0, ...others.map(revisionOf));
  const revision = revisionOf(current) > highest ? revisionOf(current) : highest + 1;
  const numbered = context.cluster.modify(current, draft => {
    draft.metadata.annotations = {
      ...draft.metadata.annotations,
      ...annotationsFor(deployment, revision),
    };
  });
  context.cluster.modify(
    deployment,
    draft => {
      draft.metadata.annotations = { ...draft.metadata.annotations, [REVISION]: String(revision) };
    },
    'status',
  );
  return numbered ?? current;
}

/** The Deployment was scaled: that is no rollout, its newest active ReplicaSet simply follows. */
function scaleTogether(rollout: Rollout): void {
  const { deployment, sets, context } = rollout;
  const byRevision = [...sets].sort((a, b) => revisionOf(b) - revisionOf(a));
  const active = activeOf(byRevision);
  const target = currentOf(deployment, active) ?? active[0] ?? byRevision[0];
  // In the middle of a rollout the old pods stay as they are until the rollout goes on.
  const others = active.filter(set => set !== target);
  const share = others.reduce((sum, { spec }) => sum + spec.replicas, 0);
  if (target) scale(rollout, target, Math.max(0, deployment.spec.replicas - share));
  for (const set of sets) {
    context.cluster.modify(set, draft => {
      draft.metadata.annotations = {
        ...draft.metadata.annotations,
        ...annotationsFor(deployment, revisionOf(set)),
      };
    });
  }
}

function scale(rollout: Rollout, set: ReplicaSet, replicas: number): void {
  const before = set.spec.replicas;
  if (before === replicas) return;
  rollout.context.cluster.modify(set, draft => {
    draft.spec.replicas = replicas;
  });
  const direction = replicas > before ? 'up' : 'down';
  announceScaling(
    rollout,
    `${direction} replica set ${set.metadata.name} from ${before} to ${replicas}`,
  );
}

const announceScaling = ({ deployment, context }: Rollout, what: string): void =>
  context.events.record(deployment, {
    type: 'Normal',
    reason: 'ScalingReplicaSet',
    message: `Scaled ${what}`,
  });

function noteProgress(
  rollout: Rollout,
  reason: string,
  message: string,
  status: 'True' | 'Unknown' = 'Unknown',
): void {
  const at = now(rollout.context);
  writeStatus(rollout, live => ({
    ...live.status,
    conditions: withCondition(
      live.status.conditions,
      { type: 'Progressing', status, reason, message },
      at,
    ).map(condition =>
      condition.type === 'Progressing' && !condition.lastUpdateTime
        ? { ...condition, lastUpdateTime: condition.lastTransitionTime }
        : condition,
    ),
  }));
}

function syncCounts(rollout: Rollout): void {
  const { deployment, context } = rollout;
  const sets = controlledBy(context.cluster, 'ReplicaSet', deployment);
  writeStatus(rollout, live => countedStatus(live, sets, currentOf(live, sets), now(context)));
}

const writeStatus = (
  { deployment, context }: Rollout,
  statusOf: (live: Deployment) => Deployment['status'],
): Deployment | undefined =>
  context.cluster.modify(
    deployment,
    draft => {
      draft.status = statusOf(draft);
    },
    'status',
  );

function forgetOldRevisions({ deployment, context }: Rollout, old: readonly ReplicaSet[]): void {
  const idle = old
    .filter(({ spec, status }) => spec.replicas === 0 && status.replicas === 0)
    .sort((a, b) => revisionOf(a) - revisionOf(b));
  const surplus = idle.length - (deployment.spec.revisionHistoryLimit ?? 10);
  idle.slice(0, Math.max(0, surplus)).forEach(set => {
    context.cluster.remove({ kind: 'ReplicaSet', ...keyOf(set) });
  });
}
