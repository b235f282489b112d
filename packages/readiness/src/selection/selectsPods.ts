import {
  matchesLabels,
  type Graph,
  type KubeObject,
  type Labels,
  type LabelSelector,
  type Workload,
} from '@waymark/kube-graph';

const POD_NAME = 'statefulset.kubernetes.io/pod-name';

/**
 * Labels that controllers write on pods and no template carries.
 * Source: https://kubernetes.io/docs/reference/labels-annotations-taints/
 */
const MADE_BY_CONTROLLERS: readonly string[] = [
  POD_NAME,
  'apps.kubernetes.io/pod-index',
  'controller-revision-hash',
  'pod-template-hash',
  'batch.kubernetes.io/job-name',
  'job-name',
];

/**
 * Whether any pod that is or will be there carries the labels: live pods, templates of workloads, and templates inside kinds
 * that Waymark does not type (an Argo Rollout). Labels that only a controller writes are taken as given.
 */
export function selectsPods(graph: Graph, namespace: string, selector: LabelSelector): boolean {
  const onTemplate = withoutMadeLabels(selector);
  const podName = selector.matchLabels?.[POD_NAME];
  return (
    graph
      .workloadsMatching(namespace, onTemplate)
      .some(workload => mayMakePod(workload, podName)) ||
    graph.podsMatching(namespace, selector).length > 0 ||
    graph.untyped(namespace).some(object => isForeignTemplateOf(onTemplate, object))
  );
}

function withoutMadeLabels(selector: LabelSelector): LabelSelector {
  const { matchLabels = {} } = selector;
  const labels = Object.entries(matchLabels);
  const written = labels.filter(([key]) => !MADE_BY_CONTROLLERS.includes(key));
  return written.length === labels.length
    ? selector
    : { ...selector, matchLabels: Object.fromEntries(written) };
}

/** Pods of a StatefulSet are named by their number. */
const mayMakePod = ({ kind, metadata }: Workload, podName: string | undefined) =>
  podName === undefined ||
  (kind === 'StatefulSet' && podName.replace(/-\d+$/, '') === metadata.name);

function isForeignTemplateOf(selector: LabelSelector, object: KubeObject): boolean {
  const { spec } = object as { spec?: { template?: { metadata?: { labels?: Labels } } } };
  const labels = spec?.template?.metadata?.labels;
  return labels !== undefined && matchesLabels(selector, labels);
}
