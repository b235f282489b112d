import { type Json, valueAt } from '../Answer';

export const isSynced = (application: Json): boolean =>
  valueAt(application, 'status.sync.status') === 'Synced';

export const isOutOfSync = (application: Json): boolean =>
  valueAt(application, 'status.sync.status') === 'OutOfSync';

/** An operation has ended and none is asked for. Which one it was is another question: see `Stage.sync`. */
export const hasEnded = (application: Json): boolean =>
  valueAt(application, 'operation') === undefined &&
  ['Succeeded', 'Failed', 'Error'].includes(
    String(valueAt(application, 'status.operationState.phase')),
  );

export const isSettled = (application: Json): boolean =>
  isSynced(application) && hasEnded(application);

/** The list at a path; empty where Argo CD leaves it out. */
export const listAt = (application: Json, path: string): Json[] =>
  (valueAt(application, path) as Json[] | undefined) ?? [];

export const historyOf = (application: Json): Json[] => listAt(application, 'status.history');
