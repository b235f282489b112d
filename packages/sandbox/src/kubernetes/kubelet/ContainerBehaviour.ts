/** What a container does: the sandbox runs no programs, so somebody has to say. Times in seconds. */
export interface ContainerBehaviour {
  /** How long pulling takes where the image is not on the node yet. */
  readonly pullSeconds: number;
  /** The registry knows no such image. */
  readonly imageMissing: boolean;
  /** From start until its port answers; before that probes are refused. */
  readonly listensAfter: number;
  /** How probes are answered once it listens: an HTTP status, or never. */
  readonly answers: Readonly<Record<ProbeKind, number | 'hangs'>>;
  /** When and how it ends by itself. Absent: it runs until it is told to stop. */
  readonly exit?: ContainerExit;
  /** From SIGTERM until it is gone. */
  readonly stopsAfter: number;
  /** What it logs when it starts, and when it listens. */
  readonly startLog: readonly string[];
  readonly listenLog: readonly string[];
}

export type ProbeKind = 'readiness' | 'liveness' | 'startup';

export interface ContainerExit {
  readonly after: number;
  readonly code: number;
  readonly reason: 'Completed' | 'Error' | 'OOMKilled';
  readonly log: readonly string[];
  /** What it writes to its termination message file. */
  readonly message?: string;
}

export const ordinaryBehaviour: ContainerBehaviour = {
  pullSeconds: 1.4,
  imageMissing: false,
  listensAfter: 2,
  answers: { readiness: 200, liveness: 200, startup: 200 },
  stopsAfter: 1,
  startLog: [],
  listenLog: [],
};
