import type { Change } from '@waymark/kube-graph';
import { ApiError } from '../api';
import { failureOfStatus, type ApiStatus } from '../api/failureOfStatus';
import { isNamed } from './listPages';

export interface WatchEvent {
  /** Absent for a bookmark, which only says how far the watch has come. */
  readonly change?: Change;
  readonly resourceVersion?: string;
}

/** One line of a watch. Throws an ApiError for an ERROR event: the watch has ended. */
export function parseWatchEvent(line: string): WatchEvent {
  const { type, object } = JSON.parse(line) as { type?: string; object?: unknown };
  if (type === 'ERROR') {
    const status = (object ?? {}) as ApiStatus;
    throw new ApiError(failureOfStatus(status.code ?? 500, status));
  }
  const { metadata } = (object ?? {}) as { metadata?: { resourceVersion?: string } };
  const resourceVersion = metadata?.resourceVersion;
  if (type === 'BOOKMARK') return { resourceVersion };
  if (!isNamed(object))
    throw new ApiError({
      type: 'malformed',
      message: `a watch event of type ${type} has no object`,
    });
  return { resourceVersion, change: { type: type === 'DELETED' ? 'delete' : 'upsert', object } };
}
