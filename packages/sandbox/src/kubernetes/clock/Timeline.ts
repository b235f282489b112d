/** Takes a task back that has not run yet. */
export type Cancel = () => void;

interface Task {
  readonly due: number;
  readonly order: number;
  readonly run: () => void;
}

/** The time of the machine; a test hands in its own. */
export interface WallClock {
  now(): number;
  setTimer(milliseconds: number, task: () => void): Cancel;
}

const machineClock: WallClock = {
  now: () => Date.now(),
  setTimer: (milliseconds, task) => {
    // Node fires timers beyond 2^31 ms at once: wake up in between instead.
    const timer = setTimeout(task, Math.min(milliseconds, 2 ** 30));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/**
 * The cluster's time. It stands still until told to `advanceBy` (tests, and the past that a seed wants to have had),
 * and follows the wall clock after `followWallClock`. Everything that waits in the sandbox waits here, so one
 * scenario runs the same in fake and in real time.
 */
export class Timeline {
  private current: number;
  private order = 0;
  private readonly tasks: Task[] = [];
  private following?: { readonly wall: WallClock; cancelWake: Cancel };

  private constructor(start: number) {
    this.current = start;
  }

  static startingAt(start: Date): Timeline {
    return new Timeline(start.getTime());
  }

  now(): Date {
    return new Date(this.following ? this.following.wall.now() : this.current);
  }

  /** Runs the task once, that many milliseconds from now; tasks of the same moment run in the order they came. */
  after(milliseconds: number, run: () => void): Cancel {
    const due = this.now().getTime() + Math.max(0, milliseconds);
    const task = { due, order: this.order++, run };
    this.tasks.splice(this.positionOf(task), 0, task);
    if (this.tasks[0] === task) this.wakeForNext();
    return () => {
      const index = this.tasks.indexOf(task);
      if (index >= 0) this.tasks.splice(index, 1);
    };
  }

  /** Lives through that much time at once. Only before the wall clock is followed. */
  advanceBy(milliseconds: number): void {
    if (this.following)
      throw new Error('This timeline follows the wall clock: it cannot be advanced');
    const target = this.current + milliseconds;
    for (let next = this.tasks[0]; next && next.due <= target; next = this.tasks[0]) {
      this.tasks.shift();
      this.current = Math.max(this.current, next.due);
      next.run();
    }
    this.current = target;
  }

  /** From now on time passes by itself; what fell due meanwhile runs first. */
  followWallClock(wall: WallClock = machineClock): void {
    this.following ??= { wall, cancelWake: () => {} };
    this.wakeForNext();
  }

  /** Drops everything that still waits. */
  stop(): void {
    this.following?.cancelWake();
    this.tasks.length = 0;
  }

  private wakeForNext(): void {
    if (!this.following) return;
    this.following.cancelWake();
    const next = this.tasks[0];
    if (!next) return;
    const wait = Math.max(0, next.due - this.following.wall.now());
    this.following.cancelWake = this.following.wall.setTimer(wait, () => this.runDue());
  }

  private runDue(): void {
    try {
      const now = this.now().getTime();
      for (let next = this.tasks[0]; next && next.due <= now; next = this.tasks[0]) {
        this.tasks.shift();
        next.run();
      }
    } finally {
      this.wakeForNext();
    }
  }

  private positionOf(task: Task): number {
    let low = 0;
    let high = this.tasks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = this.tasks[middle];
      if (other.due < task.due || (other.due === task.due && other.order < task.order)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
