import type { Bench } from './Bench';
import { firstRun } from './firstRun';
import { readiness } from './readiness';

export const benches: readonly Bench[] = [readiness, firstRun];
