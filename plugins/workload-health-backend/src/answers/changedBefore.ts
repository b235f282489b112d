import type { Status } from '@waymark/health';
import type { WorkloadHealth } from '@waymark/backstage-plugin-workload-health-common';
import { changedConfiguration } from '../collector/configurationOf';
import type { Release, ReleaseChange } from '../collector/SubjectRecord';

/** A release is suspected of what goes wrong within an hour: slow leaks take longer, but so do many innocent causes. */
const SUSPECTED_MS = 60 * 60_000;
/** Objects keep whole seconds, and the collector sees a change a moment after it was made. */
const TOLERANCE_MS = 5_000;

type Change = NonNullable<WorkloadHealth['changedBefore']>;

/** What a release changed shortly before a workload took its present turn. */
export function changedBefore(
  status: Status,
  since: string,
  change: ReleaseChange | undefined,
): Change | undefined {
  if (!change || status === 'healthy' || status === 'suspended') return undefined;
  const lead = Date.parse(since) - Date.parse(change.at);
  if (lead > SUSPECTED_MS || lead < -TOLERANCE_MS) return undefined;
  const { at, from, to } = change;
  return {
    at,
    ...(to.revision &&
      to.revision !== from.revision && {
        revision: { ...(from.revision && { from: from.revision }), to: to.revision },
      }),
    images: changedImages(from, to),
    configuration: changedConfiguration(from.configuration, to.configuration),
  };
}

const changedImages = (from: Release, to: Release): Change['images'] =>
  to.images.flatMap(({ container, image }) => {
    const before = from.images.find(known => known.container === container)?.image;
    return before === image ? [] : [{ container, ...(before && { from: before }), to: image }];
  });
