import {
  formatRef,
  longRunningContainers,
  podSpecPath,
  type PodSpec,
  podTemplateOf,
  podTemplateReads,
  refOf,
  WORKLOAD_KINDS,
} from '@waymark/kube-graph';
import { defineRule, fail, unknown } from '../../engine';
import { instancesOf, livePods, podLevel, requestOf, RESOURCES } from '../../workload';

export const requestsMissing = defineRule({
  id: 'requests-missing',
  title: 'A container does not say what it needs',
  severity: 'error',
  level: 'resilient',
  kinds: WORKLOAD_KINDS,
  why: 'The scheduler packs pods by their requests. Without any the pod is BestEffort: placed on full nodes and the first to be evicted. With some missing, the node is promised more than it has.',
  remedy:
    'Set `resources.requests.cpu` and `resources.requests.memory` of every container, from what it uses at the 95th percentile.',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/',
    'https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/',
  ],
  params: {},
  reads: podTemplateReads(
    '/spec/resources',
    '/spec/containers/resources',
    '/spec/initContainers/resources',
  ),
  messages: {
    'best-effort':
      'No container of {{workload}} requests or limits anything: its pods are the first to be evicted',
    missing: 'Container {{container}} of {{workload}} has no {{resources}} request',
  },
  *check({ subject, graph }) {
    const pod = podLevel(subject);
    const lacking = longRunningContainers(subject).flatMap(({ container, path }) => {
      const resources = RESOURCES.filter(
        resource => !requestOf(container, resource) && !requestOf(pod, resource),
      );
      return resources.length ? [{ name: container.name, path, resources }] : [];
    });
    if (!lacking.length) return;
    const live = livePods(subject, graph);
    if (!live.known) {
      yield unknown(live.gap);
      return;
    }
    const standing = lacking.flatMap(({ name, path, resources }) => {
      const instances = instancesOf(name, live.pods);
      const missing = resources.filter(
        resource => !instances.length || instances.some(instance => !requestOf(instance, resource)),
      );
      return missing.length ? [{ name, path, missing }] : [];
    });
    const workload = formatRef(refOf(subject));
    const specs = live.pods.length
      ? live.pods.flatMap(({ spec }) => spec ?? [])
      : [podTemplateOf(subject).spec];
    if (specs.every(isBestEffort)) {
      yield fail({
        code: 'best-effort',
        args: { workload },
        path: `${podSpecPath(subject)}/containers`,
        expected: 'a cpu and a memory request for every container',
      });
      return;
    }
    for (const { name, path, missing } of standing) {
      yield fail({
        code: 'missing',
        severity: 'warning',
        args: { container: name, workload, resources: missing.join(' and ') },
        path: `${path}/resources/requests`,
        expected: `a ${missing.join(' and a ')} request`,
      });
    }
  },
});

/** Init containers count for the class of a pod too. Source: https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/#besteffort */
const isBestEffort = (spec: PodSpec): boolean =>
  [spec, ...(spec.containers ?? []), ...(spec.initContainers ?? [])].every(resourced =>
    RESOURCES.every(resource => !requestOf(resourced, resource)),
  );
