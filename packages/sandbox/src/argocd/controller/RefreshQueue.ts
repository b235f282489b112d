/** How much of an application is looked at again; each level includes those before it. */
export const refreshLevels = ['compare', 'latest', 'hard'] as const;

export type RefreshLevel = (typeof refreshLevels)[number];

export interface RefreshQueueOptions {
  refresh: (name: string, level: RefreshLevel) => Promise<void>;
  /** A refresh failed for no reason of the application's. */
  onError: (error: Error) => void;
  /** Runs the task a moment later, so that a burst of changes makes one refresh. */
  later: (task: () => void) => void;
}

interface Entry {
  level: RefreshLevel;
  done: Promise<void>;
  finish: () => void;
}

/** Refreshes applications: each by one refresh at a time, and requests that come meanwhile by one more. */
export class RefreshQueue {
  private readonly waiting = new Map<string, Entry>();
  private readonly running = new Set<string>();
  private stopped = false;

  constructor(private readonly options: RefreshQueueOptions) {}

  /** Resolves when a refresh that began after the request has ended. */
  request(name: string, level: RefreshLevel): Promise<void> {
    const entry = this.waiting.get(name);
    if (entry) {
      entry.level = higher(entry.level, level);
      return entry.done;
    }
    let finish = () => {};
    const done = new Promise<void>(resolve => {
      finish = resolve;
    });
    this.waiting.set(name, { level, done, finish });
    this.options.later(() => this.start(name));
    return done;
  }

  stop(): void {
    this.stopped = true;
    for (const { finish } of this.waiting.values()) finish();
    this.waiting.clear();
  }

  private start(name: string): void {
    const entry = this.waiting.get(name);
    if (!entry || this.running.has(name) || this.stopped) return;
    this.waiting.delete(name);
    this.running.add(name);
    const ended = () => {
      this.running.delete(name);
      entry.finish();
      this.start(name);
    };
    this.options.refresh(name, entry.level).catch(this.options.onError).then(ended);
  }
}

const higher = (a: RefreshLevel, b: RefreshLevel): RefreshLevel =>
  refreshLevels.indexOf(b) > refreshLevels.indexOf(a) ? b : a;
