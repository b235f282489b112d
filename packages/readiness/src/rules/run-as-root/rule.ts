import {
  allContainers,
  podSpecPath,
  podTemplateOf,
  podTemplateReads,
  type LocatedContainer,
  WORKLOAD_KINDS,
  type Workload,
} from '@waymark/kube-graph';
import { defineRule, fail } from '../../engine';

export const runAsRoot = defineRule({
  id: 'run-as-root',
  title: 'A container may run as root',
  severity: 'error',
  level: 'secure',
  kinds: [...WORKLOAD_KINDS],
  why: 'Root in a container is root on the node as soon as the container is escaped, and it may write every file of the image.',
  remedy:
    'Set `securityContext.runAsNonRoot: true` and a numeric `runAsUser` other than 0, on the pod or on the container. What the container says wins.',
  sources: [
    'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
    'https://kubernetes.io/docs/tasks/configure-pod-container/security-context/',
  ],
  params: {},
  reads: podTemplateReads(
    '/spec/securityContext/runAsNonRoot',
    '/spec/securityContext/runAsUser',
    ...(['containers', 'initContainers', 'ephemeralContainers'] as const).flatMap(
      list =>
        [
          `/spec/${list}/name`,
          `/spec/${list}/securityContext/runAsNonRoot`,
          `/spec/${list}/securityContext/runAsUser`,
        ] as const,
    ),
  ),
  messages: {
    root: 'Container {{container}} runs as user 0',
    unset:
      'Container {{container}} sets neither runAsNonRoot nor runAsUser: the image decides, and most images run as root',
    refused:
      'Container {{container}} asks for user 0 and for runAsNonRoot: the kubelet refuses to start it',
  },
  *check({ subject }) {
    const pod = podTemplateOf(subject).spec.securityContext;
    for (const { container, path } of [...allContainers(subject), ...ephemeral(subject)]) {
      const user = container.securityContext?.runAsUser ?? pod?.runAsUser;
      const nonRoot = container.securityContext?.runAsNonRoot ?? pod?.runAsNonRoot;
      if (user === undefined ? nonRoot : user !== 0) continue;
      const own = container.securityContext?.runAsUser === undefined ? podSpecPath(subject) : path;
      yield fail({
        code: codeOf(user, nonRoot),
        args: { container: container.name },
        path: user === 0 ? `${own}/securityContext/runAsUser` : `${path}/securityContext`,
        actual: user,
        expected: 'runAsNonRoot: true, or a user other than 0',
      });
    }
  },
});

function codeOf(user: number | undefined, nonRoot: boolean | undefined) {
  if (user === undefined) return 'unset';
  return nonRoot ? 'refused' : 'root';
}

function ephemeral(workload: Workload): LocatedContainer[] {
  const { ephemeralContainers = [] } = podTemplateOf(workload).spec;
  return ephemeralContainers.map((container, index) => ({
    container,
    path: `${podSpecPath(workload)}/ephemeralContainers/${index}`,
    sidecar: false,
  }));
}
