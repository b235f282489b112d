import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import type { Job } from '../../kubernetes/objects/workload';
import { degraded, type Health, healthy, progressing, suspended } from './Health';

/** Rules of gitops-engine/pkg/health/health_job.go. */
export function jobHealth({ status }: Job): Health {
  const conditions = status?.conditions ?? [];
  const find = (wanted: string) => conditions.find(({ type }) => type === wanted);
  const failed = find('Failed');
  if (failed) return degraded(failed.message);
  if (find('Suspended')?.status === 'True') return suspended();
  const complete = find('Complete') ?? find('Suspended');
  return complete ? healthy(complete.message) : progressing();
}

interface CronJob extends KubeObject {
  spec: { suspend?: boolean };
  status?: { lastScheduleTime?: string; lastSuccessfulTime?: string; active?: unknown[] };
}

/** Rules of resource_customizations/batch/CronJob/health.lua. */
export function cronJobHealth(object: KubeObject): Health {
  const { spec, status } = object as CronJob;
  if (spec.suspend) return healthy('CronJob is Suspended');
  if (!status) return progressing('Waiting for CronJob');
  const { lastScheduleTime, lastSuccessfulTime, active = [] } = status;
  if (!lastScheduleTime) return healthy('CronJob has not been scheduled yet');
  if (!lastSuccessfulTime) {
    return healthy('The CronJob never completed successfully. It may not be healthy');
  }
  if (active.length > 0) {
    return healthy('The job is running. Its last execution may not have been successful');
  }
  return lastSuccessfulTime < lastScheduleTime
    ? degraded('CronJob has not completed its last execution successfully')
    : healthy('CronJob has completed its last execution successfully');
}
