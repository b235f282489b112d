import type { Cancel } from '../clock/Timeline';
import type { Container, Probe } from '../objects/pod';
import type { ProbeKind } from './ContainerBehaviour';
import type { PodHost } from './PodHost';
import { probeOnce } from './probe';

export interface ProbeListeners {
  /** The startup probe has passed, or there is none. */
  started(): void;
  ready(ready: boolean): void;
  unhealthy(kind: 'liveness' | 'startup'): void;
}

/** Probes one running container until it is stopped: pkg/kubelet/prober. */
export class ContainerProbes {
  private readonly cancels = new Map<ProbeKind, Cancel>();

  private constructor(
    private readonly host: PodHost,
    private readonly container: Container,
    private readonly fieldPath: string,
    private readonly startedAt: number,
    private readonly listeners: ProbeListeners,
  ) {}

  static start(
    host: PodHost,
    container: Container,
    fieldPath: string,
    listeners: ProbeListeners,
  ): ContainerProbes {
    const startedAt = host.timeline.now().getTime();
    const probes = new ContainerProbes(host, container, fieldPath, startedAt, listeners);
    const { startupProbe } = container;
    if (startupProbe) probes.repeat('startup', startupProbe);
    else probes.begin();
    return probes;
  }

  stop(): void {
    this.cancels.forEach(cancel => cancel());
    this.cancels.clear();
  }

  private begin(): void {
    const { readinessProbe, livenessProbe } = this.container;
    this.listeners.started();
    if (readinessProbe) this.repeat('readiness', readinessProbe);
    else this.listeners.ready(true);
    if (livenessProbe) this.repeat('liveness', livenessProbe);
  }

  private repeat(kind: ProbeKind, probe: Probe): void {
    const { timeline } = this.host;
    const { periodSeconds = 10, initialDelaySeconds = 0 } = probe;
    let streak = { ok: true, length: 0 };
    const tick = () => {
      const ok = this.once(kind, probe);
      streak = { ok, length: streak.ok === ok ? streak.length + 1 : 1 };
      // Decided before the next round is planned: a container that is stopped here is probed no more.
      this.cancels.set(kind, timeline.after(periodSeconds * 1000, tick));
      this.decide(kind, probe, streak);
    };
    // The first probe comes with the first round of the worker, shortly after the start.
    this.cancels.set(kind, timeline.after(initialDelaySeconds * 1000 + 500, tick));
  }

  private once(kind: ProbeKind, probe: Probe): boolean {
    const { host, container } = this;
    const result = probeOnce({
      kind,
      probe,
      container,
      behaviour: host.behaviourOf(container),
      runningSeconds: (host.timeline.now().getTime() - this.startedAt) / 1000,
      podIp: host.podIp,
    });
    if (result.ok) return true;
    const name = kind[0].toUpperCase() + kind.slice(1);
    host.event({
      type: 'Warning',
      reason: 'Unhealthy',
      message: `${name} probe failed: ${result.output}`,
      fieldPath: this.fieldPath,
    });
    return false;
  }

  private decide(kind: ProbeKind, probe: Probe, streak: { ok: boolean; length: number }): void {
    const { successThreshold = 1, failureThreshold = 3 } = probe;
    if (streak.length < (streak.ok ? successThreshold : failureThreshold)) return;
    if (kind === 'readiness') {
      this.listeners.ready(streak.ok);
    } else if (!streak.ok) {
      this.stop();
      this.listeners.unhealthy(kind);
    } else if (kind === 'startup') {
      this.cancels.get('startup')?.();
      this.begin();
    }
  }
}
