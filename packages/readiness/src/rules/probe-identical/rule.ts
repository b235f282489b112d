import {
  formatRef,
  longRunningContainers,
  mergeReads,
  podTemplateReads,
  refOf,
} from '@waymark/kube-graph';
import { defineRule, fail, notApplicable, unknown } from '../../engine';
import {
  commandGap,
  formatHandler,
  handlerKey,
  handlerReads,
  isLongRunning,
  isWithheld,
  LONG_RUNNING_KINDS,
} from '../../workload';

export const probeIdentical = defineRule({
  id: 'probe-identical',
  title: 'Liveness and readiness ask the same question',
  severity: 'warning',
  level: 'resilient',
  kinds: LONG_RUNNING_KINDS,
  why: 'Not ready means "send no requests", not alive means "kill it". One answer for both restarts every pod that is only busy or waiting for a dependency.',
  remedy:
    'Let `livenessProbe` ask a path that only proves the process runs, and `readinessProbe` one that proves it can serve.',
  sources: ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/'],
  params: {},
  reads: mergeReads(
    podTemplateReads('/spec/restartPolicy'),
    handlerReads('livenessProbe', 'readinessProbe'),
  ),
  messages: {
    identical:
      'Liveness and readiness of container {{container}} in {{workload}} ask the same: {{handler}}',
  },
  *check({ subject }) {
    const probed = isLongRunning(subject)
      ? longRunningContainers(subject).flatMap(({ container, path }) => {
          const { livenessProbe: liveness, readinessProbe: readiness } = container;
          return liveness && readiness ? [{ container, path, liveness, readiness }] : [];
        })
      : [];
    if (!probed.length) yield notApplicable;
    for (const { container, path, liveness, readiness } of probed) {
      const key = handlerKey(liveness, container);
      if (!key || key !== handlerKey(readiness, container)) continue;
      if (isWithheld(liveness)) {
        yield unknown(commandGap(subject));
        continue;
      }
      yield fail({
        code: 'identical',
        args: {
          container: container.name,
          workload: formatRef(refOf(subject)),
          handler: formatHandler(liveness),
        },
        path: `${path}/livenessProbe`,
        actual: formatHandler(liveness),
        expected: 'another path than readiness',
      });
    }
  },
});
