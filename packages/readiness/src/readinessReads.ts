import { mergeReads, type FieldPath, type Reads } from '@waymark/kube-graph';
import { EXEMPTION_PREFIX } from './engine';
import { liveRules } from './rules';

/** Everything that the rules read of a live cluster, their exemption annotations included. */
export const readinessReads: Reads = mergeReads(
  ...liveRules.map(({ id, kinds, reads }) =>
    mergeReads(
      reads,
      Object.fromEntries(
        kinds.map(kind => [
          kind,
          {
            fields: [
              `/metadata/annotations/${EXEMPTION_PREFIX.replace('/', '~1')}${id}` as FieldPath,
            ],
          },
        ]),
      ),
    ),
  ),
);
