import type { Bench } from './Bench';
import { firstRun } from './firstRun';
import { readiness } from './readiness';
import { serviceLoad } from './serviceLoad';

export const benches: readonly Bench[] = [readiness, serviceLoad, firstRun];
