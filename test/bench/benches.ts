import type { Bench } from './Bench';
import { firstRun } from './firstRun';
import { healthView } from './healthView/healthView';
import { readiness } from './readiness';
import { serviceLoad } from './serviceLoad';

export const benches: readonly Bench[] = [readiness, healthView, serviceLoad, firstRun];
