import type { Cancel } from '../clock/Timeline';
import type { KubernetesCluster } from '../KubernetesCluster';
import type { Event } from '../objects/cluster';
import type { KubeObject } from '../objects/KubeObject';
import { timestamp } from '../store/transitions';
import { SimilarEvents } from './SimilarEvents';
import { SpamFilter } from './SpamFilter';

/** The API server forgets events after an hour (--event-ttl). */
const EVENT_TTL_MILLISECONDS = 3_600_000;

export interface EventSource {
  readonly component: string;
  readonly host?: string;
}

export interface EventContent {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** `spec.containers{app}` for events about one container. */
  readonly fieldPath?: string;
}

/** Sends events as client-go's recorder does: repeated ones are counted, too many are swallowed. */
export class EventRecorder {
  private readonly spam = new SpamFilter();
  private readonly similar = new SimilarEvents();
  private readonly sent = new Map<string, { event: Event; cancelExpiry: Cancel }>();

  private constructor(
    private readonly cluster: KubernetesCluster,
    private readonly source: EventSource,
  ) {}

  static create(cluster: KubernetesCluster, source: EventSource): EventRecorder {
    return new EventRecorder(cluster, source);
  }

  record(about: KubeObject, content: EventContent): void {
    const now = this.cluster.timeline.now();
    const { uid, name } = about.metadata;
    const subject = `${about.kind}/${name}/${uid}`;
    if (!this.spam.allows(subject, now)) return;
    const group = `${subject}/${content.type}/${content.reason}/${content.fieldPath ?? ''}`;
    const { message, combined } = this.similar.aggregate(group, content.message, now);
    const key = combined ? group : `${group}/${message}`;
    const earlier = this.sent.get(key);
    const event =
      (earlier && this.count(earlier.event, message)) ??
      this.create(about, { ...content, message });
    earlier?.cancelExpiry();
    if (event) this.sent.set(key, { event, cancelExpiry: this.expireLater(key, event) });
  }

  private count(event: Event, message: string): Event | undefined {
    return this.cluster.modify(event, draft => {
      draft.count = (draft.count ?? 1) + 1;
      draft.lastTimestamp = timestamp(this.cluster.timeline.now());
      draft.message = message;
    });
  }

  private create(about: KubeObject, content: EventContent): Event | undefined {
    const now = this.cluster.timeline.now();
    const { component, host } = this.source;
    const { metadata, ...rest } = eventAbout(about, content, {
      now,
      serial: this.cluster.store.currentVersion,
    });
    const namespace = this.cluster.get({ kind: 'Namespace', name: metadata.namespace ?? '' });
    // A namespace that is being deleted takes no events; the API server would refuse it.
    if (!namespace || namespace.metadata.deletionTimestamp) return undefined;
    return this.cluster.create({
      ...rest,
      metadata,
      firstTimestamp: timestamp(now),
      lastTimestamp: timestamp(now),
      count: 1,
      eventTime: null,
      source: { component, ...(host && { host }) },
      reportingComponent: component,
      reportingInstance: host ?? '',
    }) as Event;
  }

  private expireLater(key: string, event: Event): Cancel {
    return this.cluster.timeline.after(EVENT_TTL_MILLISECONDS, () => {
      this.sent.delete(key);
      const { namespace, name } = event.metadata;
      if (this.cluster.get({ kind: 'Event', namespace, name })) {
        this.cluster.remove({ kind: 'Event', namespace, name });
      }
    });
  }
}

/** What all events have, however they count. Events about cluster-wide objects live in `default`. */
export function eventAbout(
  { apiVersion, kind, metadata }: KubeObject,
  { type, reason, message, fieldPath }: EventContent,
  { now, serial }: { now: Date; serial: number },
): KubeObject {
  const { name, namespace, uid, resourceVersion } = metadata;
  // client-go names an event by the object and the time in nanoseconds, in hexadecimal.
  const nanoseconds = BigInt(now.getTime()) * 1_000_000n + BigInt(serial % 1_000_000);
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: {
      name: `${name}.${nanoseconds.toString(16)}`,
      namespace: namespace ?? 'default',
    },
    involvedObject: {
      apiVersion,
      kind,
      name,
      ...(namespace && { namespace }),
      uid,
      resourceVersion,
      ...(fieldPath && { fieldPath }),
    },
    type,
    reason,
    message,
  };
}
