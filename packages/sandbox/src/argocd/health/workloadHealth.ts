import type { Deployment, ReplicaSet, StatefulSet } from '../../kubernetes/objects/workload';
import { degraded, type Health, healthy, progressing } from './Health';

/*
 * Rules and texts of gitops-engine/pkg/health/health_{deployment,statefulset,replicaset}.go. Objects may be
 * younger than their first status, so every field of it may be missing.
 */

const unobserved = (kind: string): Health =>
  progressing(
    `Waiting for rollout to finish: observed ${kind} generation less than desired generation`,
  );

export function deploymentHealth({ metadata, spec, status }: Deployment): Health {
  if (spec.paused) return { status: 'Suspended', message: 'Deployment is paused' };
  const {
    observedGeneration = 0,
    replicas = 0,
    updatedReplicas = 0,
    availableReplicas = 0,
    conditions = [],
  } = status ?? {};
  if ((metadata.generation ?? 0) > observedGeneration) return unobserved('deployment');
  const reason = conditions.find(({ type }) => type === 'Progressing')?.reason;
  if (reason === 'ProgressDeadlineExceeded') {
    return degraded(`Deployment "${metadata.name}" exceeded its progress deadline`);
  }
  if (updatedReplicas < (spec.replicas ?? 1)) {
    return progressing(
      `Waiting for rollout to finish: ${updatedReplicas} out of ${spec.replicas} new replicas have been updated...`,
    );
  }
  if (replicas > updatedReplicas) {
    return progressing(
      `Waiting for rollout to finish: ${replicas - updatedReplicas} old replicas are pending termination...`,
    );
  }
  if (availableReplicas < updatedReplicas) {
    return progressing(
      `Waiting for rollout to finish: ${availableReplicas} of ${updatedReplicas} updated replicas are available...`,
    );
  }
  return healthy();
}

export function statefulSetHealth({ metadata, spec, status }: StatefulSet): Health {
  const { observedGeneration = 0, readyReplicas = 0, updatedReplicas = 0 } = status ?? {};
  if (observedGeneration === 0 || (metadata.generation ?? 0) > observedGeneration) {
    return progressing('Waiting for statefulset spec update to be observed...');
  }
  const wanted = spec.replicas ?? 1;
  if (readyReplicas < wanted)
    return progressing(`Waiting for ${wanted - readyReplicas} pods to be ready...`);
  const { type = 'RollingUpdate', rollingUpdate } = spec.updateStrategy ?? {};
  if (type === 'RollingUpdate' && rollingUpdate) {
    const updated = wanted - (rollingUpdate.partition ?? 0);
    return updatedReplicas < updated
      ? progressing(
          `Waiting for partitioned roll out to finish: ${updatedReplicas} out of ${updated} new pods have been updated...`,
        )
      : healthy(`partitioned roll out complete: ${updatedReplicas} new pods have been updated...`);
  }
  if (type === 'OnDelete') return healthy(`statefulset has ${readyReplicas} ready pods`);
  if (status.updateRevision !== status.currentRevision) {
    return progressing(
      `waiting for statefulset rolling update to complete ${updatedReplicas} pods at revision ${status.updateRevision}...`,
    );
  }
  return healthy(
    `statefulset rolling update complete ${status.currentReplicas ?? 0} pods at revision ${status.currentRevision}...`,
  );
}

export function replicaSetHealth({ metadata, spec, status }: ReplicaSet): Health {
  const { observedGeneration = 0, availableReplicas = 0, conditions = [] } = status ?? {};
  if ((metadata.generation ?? 0) > observedGeneration) return unobserved('replica set');
  const failure = conditions.find(({ type }) => type === 'ReplicaFailure');
  if (failure?.status === 'True') return degraded(failure.message);
  const wanted = spec.replicas ?? 1;
  return availableReplicas < wanted
    ? progressing(
        `Waiting for rollout to finish: ${availableReplicas} out of ${wanted} new replicas are available...`,
      )
    : healthy();
}
