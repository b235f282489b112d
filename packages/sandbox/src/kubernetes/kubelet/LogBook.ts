import type { LogLine } from '../http/podLog';

/** The node's log file is rotated: only this many lines of a run are kept. */
const KEPT_LINES = 500;

/** The output of one run of a container. */
export class LogBook {
  private readonly lines: LogLine[] = [];
  private readonly listeners = new Set<(line: LogLine) => void>();

  write(time: Date, texts: readonly string[]): void {
    for (const text of texts) {
      const line = { time, text };
      this.lines.push(line);
      if (this.lines.length > KEPT_LINES) this.lines.shift();
      this.listeners.forEach(listener => listener(line));
    }
  }

  read(): readonly LogLine[] {
    return [...this.lines];
  }

  follow(listener: (line: LogLine) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
