import type { Detector } from './Detector';
import { autoscaler } from './autoscaler/detector';
import { configuration } from './configuration/detector';
import { containerStart } from './container-start/detector';
import { crashLoop } from './crash-loop/detector';
import { cronMissed } from './cron-missed/detector';
import { drainBlocked } from './drain-blocked/detector';
import { evicted } from './evicted/detector';
import { imagePull } from './image-pull/detector';
import { jobFailed } from './job-failed/detector';
import { noEndpoints } from './no-endpoints/detector';
import { nodeLost } from './node-lost/detector';
import { notReady } from './not-ready/detector';
import { oomKilled } from './oom-killed/detector';
import { podCreation } from './pod-creation/detector';
import { probeFailing } from './probe-failing/detector';
import { rollbackTrap } from './rollback-trap/detector';
import { rolloutStuck } from './rollout-stuck/detector';
import { stuckTerminating } from './stuck-terminating/detector';
import { unschedulable } from './unschedulable/detector';
import { volumeMount } from './volume-mount/detector';

/**
 * In the order of precedence: what a cause brings about comes after it. A lost node leaves pods unready, an eviction
 * leaves replacements unschedulable, a crash fails probes, all of them hold up a rollout and starve a Service.
 */
export const detectors: readonly Detector[] = [
  jobFailed,
  cronMissed,
  nodeLost,
  evicted,
  rollbackTrap,
  configuration,
  imagePull,
  containerStart,
  volumeMount,
  oomKilled,
  crashLoop,
  podCreation,
  unschedulable,
  probeFailing,
  rolloutStuck,
  stuckTerminating,
  noEndpoints,
  autoscaler,
  drainBlocked,
];

/** Asked only when no other speaks. */
export const lastResort: Detector = notReady;
