import type { ContainerStatus, Pod } from '../../kubernetes/objects/pod';
import { degraded, type Health, healthy, progressing } from './Health';

/** Rules of gitops-engine/pkg/health/health_pod.go. */
export function podHealth({ spec, status }: Pod): Health {
  const { phase, message, conditions = [], containerStatuses = [] } = status ?? {};
  const lasting = (spec.restartPolicy ?? 'Always') === 'Always';
  const waiting = containerStatuses.map(({ state }) => state.waiting).filter(isError);
  if (lasting && waiting.length > 0) {
    return degraded(waiting.map(state => state?.message ?? '').join(', '));
  }
  switch (phase) {
    case 'Pending':
      return progressing(message);
    case 'Succeeded':
      return healthy(message);
    case 'Failed': {
      const all = [...(status.initContainerStatuses ?? []), ...containerStatuses];
      return degraded(message ?? all.map(failureOf).find(Boolean));
    }
    case 'Running': {
      if (!lasting) return progressing(message);
      const ready = conditions.some(({ type, status: is }) => type === 'Ready' && is === 'True');
      if (ready) return healthy(message);
      const crashed = containerStatuses.some(({ lastState }) => lastState.terminated);
      return crashed ? degraded(message) : progressing(message);
    }
    default:
      return { status: 'Unknown', message };
  }
}

const isError = (waiting: ContainerStatus['state']['waiting']): boolean =>
  waiting !== undefined && /^Err|Error$|BackOff$/.test(waiting.reason);

function failureOf({ name, state }: ContainerStatus): string | undefined {
  const { terminated } = state;
  if (!terminated) return undefined;
  if (terminated.message) return terminated.message;
  if (terminated.reason === 'OOMKilled') return terminated.reason;
  return terminated.exitCode === 0
    ? undefined
    : `container "${name}" failed with exit code ${terminated.exitCode}`;
}
