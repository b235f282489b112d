import type { Pod, Toleration } from '../objects/pod';
import { forbidden } from '../status/refusals';
import type { Admission } from './Admission';

/** DefaultTolerationSeconds: a pod stays this long on a node that is lost before it is deleted there. */
const LOST_NODE_SECONDS = 300;
const lostNodeKeys = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

/** What the admission plugins do to every pod: its service account must exist, and it tolerates a lost node for a while. */
export const admitPod: Admission = ({ operation, object, resource, cluster }) => {
  if (operation !== 'CREATE' || object.kind !== 'Pod') return;
  const { metadata, spec } = object as Pod;
  const { namespace = '', name } = metadata;
  const account = spec.serviceAccountName ?? 'default';
  if (!cluster.get({ kind: 'ServiceAccount', namespace, name: account })) {
    throw forbidden(
      resource,
      name,
      `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
    );
  }
  const tolerations = spec.tolerations ?? [];
  const missing = lostNodeKeys.filter(
    key => !tolerations.some(toleration => !toleration.key || toleration.key === key),
  );
  spec.tolerations = [
    ...tolerations,
    ...missing.map((key): Toleration => ({
      key,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: LOST_NODE_SECONDS,
    })),
  ];
};
