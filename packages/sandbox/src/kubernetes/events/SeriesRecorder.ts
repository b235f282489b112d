import type { KubernetesCluster } from '../KubernetesCluster';
import type { Event } from '../objects/cluster';
import type { KubeObject } from '../objects/KubeObject';
import { eventAbout, type EventContent } from './EventRecorder';

/** A running series is written again only this often (client-go tools/events/event_broadcaster.go). */
const REFRESH_MILLISECONDS = 1_800_000;

interface Series {
  event: Event;
  count: number;
  written: number;
}

/**
 * Sends events as the scheduler does, through events.k8s.io: no first and last time and no count, only `eventTime`,
 * and from the second time on a series.
 */
export class SeriesRecorder {
  private readonly series = new Map<string, Series>();

  private constructor(
    private readonly cluster: KubernetesCluster,
    private readonly component: string,
  ) {}

  static create(cluster: KubernetesCluster, component: string): SeriesRecorder {
    return new SeriesRecorder(cluster, component);
  }

  record(about: KubeObject, content: EventContent & { action: string }): void {
    const now = this.cluster.timeline.now();
    const key = `${about.metadata.uid}/${content.reason}/${content.message}`;
    const running = this.series.get(key);
    if (!running) {
      this.series.set(key, { event: this.create(about, content, now), count: 1, written: 0 });
      return;
    }
    running.count += 1;
    if (now.getTime() - running.written < REFRESH_MILLISECONDS) return;
    running.written = now.getTime();
    this.cluster.modify(running.event, draft => {
      draft.series = { count: running.count, lastObservedTime: microTime(now) };
    });
  }

  private create(about: KubeObject, content: EventContent & { action: string }, now: Date): Event {
    return this.cluster.create({
      ...eventAbout(about, content, { now, serial: this.cluster.store.currentVersion }),
      action: content.action,
      eventTime: microTime(now),
      firstTimestamp: null,
      lastTimestamp: null,
      source: {},
      reportingComponent: this.component,
      reportingInstance: `${this.component}-sandbox`,
    }) as Event;
  }
}

/** metav1.MicroTime */
const microTime = (time: Date): string => time.toISOString().replace('Z', '000Z');
