import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import { parseApiVersion } from '../../kubernetes/resources/Resource';
import { autoscalerHealth } from './autoscalerHealth';
import { cronJobHealth, jobHealth } from './batchHealth';
import {
  disruptionBudgetHealth,
  externalSecretHealth,
  scaledObjectHealth,
  volumeClaimHealth,
} from './conditionHealth';
import { type Health, type HealthStatus, progressing, worseOf } from './Health';
import { ingressHealth, serviceHealth } from './networkHealth';
import { podHealth } from './podHealth';
import { deploymentHealth, replicaSetHealth, statefulSetHealth } from './workloadHealth';

type Check = (object: never) => Health;

/** The kinds that Argo CD judges by code of its own: missing ones make an application Missing. */
const builtIn: Readonly<Record<string, Check>> = {
  '/PersistentVolumeClaim': volumeClaimHealth,
  '/Pod': podHealth,
  '/Service': serviceHealth,
  'apps/Deployment': deploymentHealth,
  'apps/ReplicaSet': replicaSetHealth,
  'apps/StatefulSet': statefulSetHealth,
  'autoscaling/HorizontalPodAutoscaler': autoscalerHealth,
  'batch/Job': jobHealth,
  'networking.k8s.io/Ingress': ingressHealth,
};

/** Those that it judges by scripts: of its 241 the ones for kinds that charts of ours ship. */
const scripted: Readonly<Record<string, Check>> = {
  'batch/CronJob': cronJobHealth,
  'external-secrets.io/ExternalSecret': externalSecretHealth,
  'keda.sh/ScaledObject': scaledObjectHealth,
  'policy/PodDisruptionBudget': disruptionBudgetHealth,
};

const keyOf = ({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): string =>
  `${parseApiVersion(apiVersion).group}/${kind}`;

/** Undefined for kinds that have no health. */
export function resourceHealth(object: KubeObject): Health | undefined {
  if (object.metadata.deletionTimestamp) return progressing('Pending deletion');
  const check = scripted[keyOf(object)] ?? builtIn[keyOf(object)];
  return check?.(object as never);
}

const IGNORE_HEALTH = 'argocd.argoproj.io/ignore-healthcheck';

/** A resource that an application manages; without `live` it is missing. */
export interface Managed {
  apiVersion: string;
  kind: string;
  live?: KubeObject;
}

/** Rules of controller/health.go of Argo CD 3.2: the worst of what it manages. */
export function applicationHealth(resources: readonly Managed[]): HealthStatus {
  return resources.map(contribution).reduce(worseOf, 'Healthy');
}

function contribution(resource: Managed): HealthStatus {
  const { live } = resource;
  if (!live) return builtIn[keyOf(resource)] ? 'Missing' : 'Healthy';
  if (live.metadata.annotations?.[IGNORE_HEALTH] === 'true') return 'Healthy';
  return resourceHealth(live)?.status ?? 'Healthy';
}
