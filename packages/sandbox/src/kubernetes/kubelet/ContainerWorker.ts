import { createHash } from 'node:crypto';
import type { Cancel } from '../clock/Timeline';
import type { Container, ContainerState, ContainerStatus, Termination } from '../objects/pod';
import { DEFAULT_GRACE_SECONDS } from '../store/deletion';
import { timestamp } from '../store/transitions';
import { BackOff, goDuration } from './BackOff';
import type { ContainerExit } from './ContainerBehaviour';
import { ContainerProbes } from './ContainerProbes';
import { environmentError } from './environment';
import { ImagePull } from './ImagePull';
import { LogBook } from './LogBook';
import type { PodHost } from './PodHost';
import { SYNC_MILLISECONDS } from './syncPeriod';

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

/** One container on a node: pulls, starts, is probed, ends, is started again or not. */
export class ContainerWorker {
  private state: ContainerState = { waiting: { reason: 'ContainerCreating' } };
  private lastState: ContainerState = {};
  private restarts = 0;
  private ready = false;
  private started = false;
  private stopping = false;
  private runId = '';
  private readonly backOff = new BackOff();
  private readonly pull: ImagePull;
  private probes?: ContainerProbes;
  private cancel: Cancel = () => {};
  private cancelExit: Cancel = () => {};
  private cancelListening: Cancel = () => {};
  private log = new LogBook();
  private previousLog?: LogBook;

  constructor(
    private readonly host: PodHost,
    readonly container: Container,
    private readonly fieldPath: string,
    private readonly restartPolicy: 'Always' | 'OnFailure' | 'Never',
  ) {
    this.pull = new ImagePull(host, container, fieldPath);
    if (fieldPath.startsWith('spec.containers') && host.pod.spec.initContainers?.length) {
      this.state = { waiting: { reason: 'PodInitializing' } };
    }
  }

  get isStarted(): boolean {
    return this.started;
  }

  get termination(): Termination | undefined {
    return this.state.terminated;
  }

  logOf(previous: boolean): LogBook | undefined {
    return previous ? this.previousLog : this.log;
  }

  status(): ContainerStatus {
    const { name, image = '' } = this.container;
    return {
      name,
      image,
      imageID: this.runId ? `${image.split(':')[0]}@sha256:${digest(image)}` : '',
      ...(this.runId && { containerID: this.runId }),
      ready: this.ready,
      started: this.started,
      restartCount: this.restarts,
      state: this.state,
      lastState: this.lastState,
    };
  }

  /** Brings the container up, however often it takes. */
  begin(): void {
    this.pull.start({
      pulled: () => this.configure(),
      waiting: waiting => this.show({ waiting }),
    });
  }

  /** Ends it for good: SIGTERM, preStop included, SIGKILL when the grace is over. */
  stop(graceSeconds: number): void {
    this.stopping = true;
    this.pull.stop();
    this.cancel();
    this.probes?.stop();
    if (!this.state.running) {
      this.host.ended(this);
      return;
    }
    this.cancelExit();
    this.tell('Normal', 'Killing', `Stopping container ${this.container.name}`);
    this.exitLater(this.exitWhenTold(graceSeconds));
  }

  /** How it ends after SIGTERM: by itself, after preStop, or by SIGKILL when the grace is over. */
  private exitWhenTold(graceSeconds: number): ContainerExit {
    const { stopsAfter } = this.host.behaviourOf(this.container);
    const needed = (this.container.lifecycle?.preStop?.sleep?.seconds ?? 0) + stopsAfter;
    if (needed > graceSeconds) return { after: graceSeconds, code: 137, reason: 'Error', log: [] };
    const log = ['{"level":"info","msg":"stopped"}'];
    return { after: needed, code: 0, reason: 'Completed', log };
  }

  /** Its behaviour is another one now: what is planned to end it is planned anew. */
  reconsider(): void {
    if (!this.state.running || this.stopping) return;
    this.cancelExit();
    const { exit } = this.host.behaviourOf(this.container);
    if (exit) this.exitLater(exit);
  }

  /** No timers remain; for a pod that is gone. */
  dispose(): void {
    this.pull.stop();
    this.cancel();
    this.cancelExit();
    this.cancelListening();
    this.probes?.stop();
  }

  private configure(): void {
    const { cluster, pod, timeline } = this.host;
    const error = environmentError(cluster, pod.metadata.namespace ?? '', this.container);
    if (!error) {
      this.run();
      return;
    }
    this.tell('Warning', 'Failed', `Error: ${error}`);
    this.show({ waiting: { reason: 'CreateContainerConfigError', message: error } });
    this.cancel = timeline.after(SYNC_MILLISECONDS, () => this.begin());
  }

  private run(): void {
    const { timeline, pod } = this.host;
    const behaviour = this.host.behaviourOf(this.container);
    this.runId = `containerd://${digest(`${pod.metadata.uid}/${this.container.name}/${this.restarts}`)}`;
    this.tell('Normal', 'Created', 'Container created');
    this.tell('Normal', 'Started', 'Container started');
    this.log.write(timeline.now(), behaviour.startLog);
    this.cancelListening = timeline.after(behaviour.listensAfter * 1000, () =>
      this.log.write(timeline.now(), behaviour.listenLog),
    );
    this.show({ running: { startedAt: timestamp(timeline.now()) } });
    this.probes = ContainerProbes.start(this.host, this.container, this.fieldPath, {
      started: () => this.mark({ started: true }),
      ready: ready => this.mark({ ready }),
      unhealthy: kind => this.killUnhealthy(kind),
    });
    if (behaviour.exit) this.exitLater(behaviour.exit);
  }

  private killUnhealthy(kind: 'liveness' | 'startup'): void {
    const { name } = this.container;
    const message = `Container ${name} failed ${kind} probe, will be restarted`;
    this.tell('Normal', 'Killing', message);
    this.cancelExit();
    const { terminationGracePeriodSeconds = DEFAULT_GRACE_SECONDS } = this.host.pod.spec;
    this.exitLater(this.exitWhenTold(terminationGracePeriodSeconds));
  }

  private exitLater(exit: ContainerExit): void {
    this.cancelExit = this.host.timeline.after(exit.after * 1000, () => this.exit(exit));
  }

  private exit({ code, reason, message, log }: ContainerExit): void {
    const { timeline } = this.host;
    this.probes?.stop();
    this.cancelListening();
    this.log.write(timeline.now(), log);
    const lastWords = this.terminationMessage(code, message);
    this.mark({ ready: false, started: false });
    this.show({
      terminated: {
        exitCode: code,
        reason,
        ...(lastWords && { message: lastWords }),
        startedAt: this.state.running?.startedAt ?? timestamp(timeline.now()),
        finishedAt: timestamp(timeline.now()),
        containerID: this.runId,
      },
    });
    const again =
      !this.stopping &&
      (this.restartPolicy === 'Always' || (this.restartPolicy === 'OnFailure' && code !== 0));
    if (again) this.restart();
    else this.host.ended(this);
  }

  /** The file if it was written, else, where the container asks for it, the end of the log. */
  private terminationMessage(code: number, written: string | undefined): string | undefined {
    if (written) return written;
    const { terminationMessagePolicy } = this.container as { terminationMessagePolicy?: string };
    if (code === 0 || terminationMessagePolicy !== 'FallbackToLogsOnError') return undefined;
    return this.log
      .read()
      .slice(-80)
      .map(({ text }) => `${text}\n`)
      .join('')
      .slice(-2048);
  }

  /** The first restart is immediate, then the pauses grow; meanwhile the container waits in CrashLoopBackOff. */
  private restart(): void {
    const { timeline } = this.host;
    const { before: pause } = this.backOff.fail(timeline.now());
    if (pause === 0) {
      this.cancel = timeline.after(1000, () => this.startAgain());
      return;
    }
    const until = timeline.now().getTime() + pause;
    const wait = () => {
      const left = until - timeline.now().getTime();
      if (left <= 0) {
        this.startAgain();
        return;
      }
      this.showBackOff(pause);
      this.cancel = timeline.after(Math.min(left, SYNC_MILLISECONDS), wait);
    };
    this.cancel = timeline.after(1000, wait);
  }

  private showBackOff(pause: number): void {
    const { name } = this.container;
    const { metadata } = this.host.pod;
    const podName = `${metadata.name}_${metadata.namespace}(${metadata.uid})`;
    this.tell(
      'Warning',
      'BackOff',
      `Back-off restarting failed container ${name} in pod ${podName}`,
    );
    this.keepTermination();
    this.show({
      waiting: {
        reason: 'CrashLoopBackOff',
        message: `back-off ${goDuration(pause)} restarting failed container=${name} pod=${podName}`,
      },
    });
  }

  private startAgain(): void {
    this.keepTermination();
    this.restarts += 1;
    this.previousLog = this.log;
    this.log = new LogBook();
    this.begin();
  }

  private keepTermination(): void {
    if (this.state.terminated) this.lastState = { terminated: this.state.terminated };
  }

  private mark(flags: { ready?: boolean; started?: boolean }): void {
    this.ready = flags.ready ?? this.ready;
    this.started = flags.started ?? this.started;
    this.host.changed();
  }

  private show(state: ContainerState): void {
    this.state = state;
    this.host.changed();
  }

  private tell(type: 'Normal' | 'Warning', reason: string, message: string): void {
    this.host.event({ type, reason, message, fieldPath: this.fieldPath });
  }
}
