import type { ServerResponse } from 'node:http';
import type { Cancel } from '../clock/Timeline';
import type { KubernetesCluster } from '../KubernetesCluster';
import type { KubeObject } from '../objects/KubeObject';
import { apiVersionOf, type Resource } from '../resources/Resource';
import { expired } from '../status/refusals';
import type { Change } from '../store/Change';
import type { ListOptions } from './listOptions';
import { presentOne, type Presentation } from './present';

// k8s.io/apiserver: --min-request-timeout, and pkg/storage/cacher/cache_watcher.go for the bookmarks.
const DEFAULT_TIMEOUT_SECONDS = 1800;
const BOOKMARK_SECONDS = 60;
const BOOKMARK_BEFORE_END_SECONDS = 2;
/** A reader that lets this much pile up is cut off, as a real API server does. */
const MAX_BUFFERED_BYTES = 8 * 1024 * 1024;

export interface WatchRequest {
  readonly cluster: KubernetesCluster;
  readonly resource: Resource;
  readonly namespace?: string;
  readonly options: ListOptions;
  readonly presentation: Presentation;
}

/** One running watch: JSON lines until its time is over, the client leaves or the asked past is gone. */
export class WatchStream {
  private readonly cancels: Cancel[] = [];

  private constructor(
    private readonly request: WatchRequest,
    private readonly response: ServerResponse,
  ) {}

  static start(request: WatchRequest, response: ServerResponse): WatchStream {
    const stream = new WatchStream(request, response);
    response.writeHead(200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-cache, private',
    });
    response.flushHeaders();
    response.on('close', () => stream.stop());
    stream.begin();
    return stream;
  }

  private begin(): void {
    const { cluster, resource, options } = this.request;
    const { store } = cluster;
    const { resourceVersion = 0 } = options;
    if (options.initialEvents) {
      this.sendInitial();
    } else if (resourceVersion < store.compactedVersion) {
      this.send('ERROR', expired(resourceVersion, store.compactedVersion + 1).status);
      this.end();
      return;
    } else {
      store.changesAfter(resourceVersion, resource).forEach(change => this.tell(change));
    }
    this.cancels.push(
      cluster.watch(change => {
        if (change.resource === resource) this.tell(change);
      }),
    );
    this.keepTime(options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS);
  }

  private sendInitial(): void {
    const { cluster, resource, namespace, options } = this.request;
    cluster.store
      .list(resource, namespace)
      .filter(options.selects)
      .forEach(object => this.sendObject('ADDED', object));
    if (options.bookmarks) this.sendBookmark({ 'k8s.io/initial-events-end': 'true' });
  }

  /** An object that starts or stops matching the selector comes and goes for this watcher. */
  private tell({ type, object, previous, version }: Change): void {
    const { namespace, options } = this.request;
    if (namespace && object.metadata.namespace !== namespace) return;
    const before = previous !== undefined && options.selects(previous);
    const now = type !== 'DELETED' && options.selects(object);
    if (now) this.sendObject(before ? 'MODIFIED' : 'ADDED', object);
    else if (before) {
      const resourceVersion = String(version);
      const last = type === 'DELETED' ? object : previous;
      this.sendObject('DELETED', { ...last, metadata: { ...last.metadata, resourceVersion } });
    }
  }

  private keepTime(timeoutSeconds: number): void {
    const { timeline } = this.request.cluster;
    const { bookmarks } = this.request.options;
    const timeOut = () => {
      if (bookmarks) this.sendBookmark();
      this.end();
    };
    this.cancels.push(timeline.after(timeoutSeconds * 1000, timeOut));
    if (!bookmarks) return;
    const deadline = timeline.now().getTime() + timeoutSeconds * 1000;
    const scheduleNext = () => {
      const untilEnd = deadline - BOOKMARK_BEFORE_END_SECONDS * 1000 - timeline.now().getTime();
      if (untilEnd <= 0) return;
      const next = timeline.after(Math.min(BOOKMARK_SECONDS * 1000, untilEnd), () => {
        this.sendBookmark();
        scheduleNext();
      });
      this.cancels.push(next);
    };
    scheduleNext();
  }

  /** Says how far the watcher has come; not before anything has happened since the version that it started from. */
  private sendBookmark(annotations?: Record<string, string>): void {
    const { cluster, resource, options } = this.request;
    if (!annotations && cluster.store.currentVersion <= (options.resourceVersion ?? 0)) return;
    this.send('BOOKMARK', {
      kind: resource.kind,
      apiVersion: apiVersionOf(resource),
      metadata: {
        resourceVersion: String(cluster.store.currentVersion),
        ...(annotations && { annotations }),
      },
    });
  }

  private sendObject(type: Change['type'], object: KubeObject): void {
    this.send(type, presentOne(object, this.request.presentation));
  }

  private send(type: string, object: unknown): void {
    this.response.write(`${JSON.stringify({ type, object })}\n`);
    if (this.response.writableLength > MAX_BUFFERED_BYTES) this.end();
  }

  private end(): void {
    this.stop();
    this.response.end();
  }

  private stop(): void {
    this.cancels.splice(0).forEach(cancel => cancel());
  }
}
