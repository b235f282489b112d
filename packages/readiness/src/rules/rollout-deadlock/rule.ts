import { formatRef, refOf, type DaemonSet, type Deployment } from '@waymark/kube-graph';
import { defineRule, fail, notApplicable } from '../../engine';

export const rolloutDeadlock = defineRule({
  id: 'rollout-deadlock',
  title: 'A rollout may neither add nor remove a pod',
  severity: 'error',
  level: 'deployable',
  kinds: ['Deployment', 'DaemonSet'],
  why: 'With surge and unavailability both at zero no pod can ever be replaced. The API server refuses the object, so the release fails half-way through.',
  remedy:
    'Set `maxSurge: 1` and keep `maxUnavailable: 0`; for a DaemonSet set `maxUnavailable: 1`.',
  sources: [
    'https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable',
    'https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/daemon-set-v1/#DaemonSetSpec',
  ],
  params: {},
  reads: {},
  manifestOnly: true,
  messages: {
    deadlock:
      '{{workload}} sets maxSurge {{maxSurge}} and maxUnavailable {{maxUnavailable}}: no pod can be replaced and the API server refuses it',
  },
  *check({ subject }) {
    const rollout = rollingUpdateOf(subject);
    if (!rollout) {
      yield notApplicable;
      return;
    }
    const { maxSurge, maxUnavailable, path, fix } = rollout;
    if (!isZero(maxSurge) || !isZero(maxUnavailable)) return;
    yield fail({
      code: 'deadlock',
      args: { workload: formatRef(refOf(subject)), maxSurge, maxUnavailable },
      path,
      actual: { maxSurge, maxUnavailable },
      expected: 'one of them above 0',
      fix: [{ op: 'add', path: `${path}/${fix}`, value: 1 }],
    });
  },
});

/** Only what the manifest says counts: a percentage that rounds to zero is let through. Absent values are the API's defaults. */
function rollingUpdateOf(subject: Deployment | DaemonSet) {
  if (subject.kind === 'Deployment') {
    const { type = 'RollingUpdate', rollingUpdate } = subject.spec?.strategy ?? {};
    if (type !== 'RollingUpdate') return undefined;
    const { maxSurge = '25%', maxUnavailable = '25%' } = rollingUpdate ?? {};
    return { maxSurge, maxUnavailable, path: '/spec/strategy/rollingUpdate', fix: 'maxSurge' };
  }
  const { type = 'RollingUpdate', rollingUpdate } = subject.spec?.updateStrategy ?? {};
  if (type !== 'RollingUpdate') return undefined;
  const { maxSurge = 0, maxUnavailable = 1 } = rollingUpdate ?? {};
  return {
    maxSurge,
    maxUnavailable,
    path: '/spec/updateStrategy/rollingUpdate',
    fix: 'maxUnavailable',
  };
}

const isZero = (value: number | string) => /^0+%?$/.test(String(value));
