import { mergeReads, type Reads } from '@waymark/kube-graph';
import { detectors, lastResort } from './causes/detectors';
import { factsReads } from './facts/factsReads';
import { kindJudges } from './kinds/kinds';

/** Everything that verdicts and facts read of a live cluster: what each kind and each detector declares. */
export const healthReads: Reads = mergeReads(
  factsReads,
  ...kindJudges.map(({ reads }) => reads),
  ...[...detectors, lastResort].map(({ reads }) => reads),
);
