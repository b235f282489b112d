import type { ApiFailure } from '../api';
import type { KindState } from './ClusterWatch';

/** First delay, growth and cap of client-go's reflector. Source: k8s.io/client-go tools/cache/reflector.go */
const BASE_MS = 800;
const CAP_MS = 30_000;
/** A missing permission or CRD is repaired by people: asking more often would only fill the audit log. */
const PATIENT_BASE_MS = 10_000;
const PATIENT_CAP_MS = 5 * 60_000;
/**
 * An API server that has just started refuses everybody until it has read its roles, and does not know custom kinds until
 * it has read their definitions: seen with 1.36, where every watch that came back was answered by 403. What could be read
 * a moment ago is believed to be refused only when this many answers in a row say so: between five and ten seconds.
 */
const WARM_UP_ANSWERS = 6;
/** Asked so often meanwhile, for each kind comes back on its own. */
const WARM_UP_CAP_MS = 2_000;

export interface Situation {
  readonly verb: 'list' | 'watch';
  readonly resource: string;
  /** Whether the kind may be missing from an API server at all: those of the core group are part of every one. */
  readonly optional: boolean;
  /** Failures in a row before this one. */
  readonly attempt: number;
  /** Those of them, in a row, that were of the same type as this one. */
  readonly repeated: number;
  /** Whether all of it could be read a moment ago. */
  readonly listed: boolean;
  readonly now: Date;
  readonly random: () => number;
}

export interface Reaction {
  readonly delayMs: number;
  /** Start again with a list: the place where the watch stood is lost or not trusted. */
  readonly relist: boolean;
  /** Undefined where the failure changes nothing for whoever reads: the place to watch from is merely too old. */
  readonly state?: KindState;
}

/** What a list+watch does about a failure. */
export function reactTo(failure: ApiFailure, situation: Situation): Reaction {
  const { verb, resource, optional, attempt, repeated, listed, now, random } = situation;
  const { message } = failure;
  const stale: KindState = { state: 'stale', since: now, message };
  const backoff = jittered(BASE_MS, CAP_MS, attempt, random);
  const believed = Math.max(0, repeated - WARM_UP_ANSWERS);
  const patient = jittered(PATIENT_BASE_MS, PATIENT_CAP_MS, believed, random);
  const mayBeStarting = listed && repeated < WARM_UP_ANSWERS;
  const soon = {
    delayMs: jittered(BASE_MS, WARM_UP_CAP_MS, repeated, random),
    relist: false,
    state: stale,
  };
  switch (failure.type) {
    case 'gone':
      return { delayMs: attempt === 0 ? 0 : backoff, relist: true };
    case 'not-found':
      if (mayBeStarting) return soon;
      return optional
        ? { delayMs: patient, relist: true, state: { state: 'absent' } }
        : { delayMs: backoff, relist: true, state: stale };
    case 'forbidden':
      if (mayBeStarting) return soon;
      return {
        delayMs: patient,
        relist: true,
        state: { state: 'forbidden', ...refused(message, { verb, resource }), message },
      };
    case 'throttled': {
      // The failures of an outage say nothing about the load of a server that answers again: a cache which it still fills
      // asks for one second, with "storage is (re)initializing".
      const grown = jittered(BASE_MS, CAP_MS, repeated, random);
      return { delayMs: Math.max(failure.retryAfterMs, grown), relist: false, state: stale };
    }
    default:
      return {
        delayMs: backoff,
        // A server that keeps rejecting the place (etcd restored from a backup) must be asked for everything.
        relist: repeated > 0 && (failure.type === 'rejected' || failure.type === 'malformed'),
        state: stale,
      };
  }
}

/** Between half and all of base × 2^attempt, so that the kinds of a cluster do not come back in one burst. */
function jittered(base: number, cap: number, attempt: number, random: () => number) {
  return Math.min(cap, base * 2 ** attempt) * (0.5 + random() / 2);
}

/** The API server names what was lacking: `cannot list resource "pods" in API group ""`. */
function refused(message: string, asked: { verb: 'list' | 'watch'; resource: string }) {
  const [, verb, resource] = /cannot (list|watch) resource "([^"]+)"/.exec(message) ?? [];
  return {
    verb: (verb as 'list' | 'watch' | undefined) ?? asked.verb,
    resource: resource ?? asked.resource,
  };
}
