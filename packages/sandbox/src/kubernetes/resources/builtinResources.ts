import type { Resource } from './Resource';

/**
 * What is served from the start: the kinds that Waymark reads, and those that charts usually ship.
 * Columns: kind, plural, traits, short names. Traits: `c` cluster-wide, `s` status subresource, `g` generation is
 * counted (k8s.io/kubernetes pkg/registry, each kind's strategy.go).
 */
const served: Readonly<Record<string, readonly (readonly [string, string, string, string?])[]>> = {
  v1: [
    ['ConfigMap', 'configmaps', '', 'cm'],
    ['Event', 'events', '', 'ev'],
    ['LimitRange', 'limitranges', '', 'limits'],
    ['Namespace', 'namespaces', 'cs', 'ns'],
    ['Node', 'nodes', 'cs', 'no'],
    ['PersistentVolume', 'persistentvolumes', 'cs', 'pv'],
    ['PersistentVolumeClaim', 'persistentvolumeclaims', 's', 'pvc'],
    ['Pod', 'pods', 'sg', 'po'],
    ['ResourceQuota', 'resourcequotas', 's', 'quota'],
    ['Secret', 'secrets', ''],
    ['Service', 'services', 's', 'svc'],
    ['ServiceAccount', 'serviceaccounts', '', 'sa'],
  ],
  'apps/v1': [
    ['DaemonSet', 'daemonsets', 'sg', 'ds'],
    ['Deployment', 'deployments', 'sg', 'deploy'],
    ['ReplicaSet', 'replicasets', 'sg', 'rs'],
    ['StatefulSet', 'statefulsets', 'sg', 'sts'],
  ],
  'batch/v1': [
    ['CronJob', 'cronjobs', 'sg', 'cj'],
    ['Job', 'jobs', 'sg'],
  ],
  'autoscaling/v2': [['HorizontalPodAutoscaler', 'horizontalpodautoscalers', 's', 'hpa']],
  'policy/v1': [['PodDisruptionBudget', 'poddisruptionbudgets', 'sg', 'pdb']],
  'discovery.k8s.io/v1': [['EndpointSlice', 'endpointslices', 'g']],
  'networking.k8s.io/v1': [
    ['Ingress', 'ingresses', 'sg', 'ing'],
    ['IngressClass', 'ingressclasses', 'cg'],
    ['NetworkPolicy', 'networkpolicies', 'g', 'netpol'],
  ],
  'coordination.k8s.io/v1': [['Lease', 'leases', '']],
  'scheduling.k8s.io/v1': [['PriorityClass', 'priorityclasses', 'cg', 'pc']],
  'storage.k8s.io/v1': [['StorageClass', 'storageclasses', 'c', 'sc']],
  'rbac.authorization.k8s.io/v1': [
    ['ClusterRole', 'clusterroles', 'c'],
    ['ClusterRoleBinding', 'clusterrolebindings', 'c'],
    ['Role', 'roles', ''],
    ['RoleBinding', 'rolebindings', ''],
  ],
  'apiextensions.k8s.io/v1': [
    ['CustomResourceDefinition', 'customresourcedefinitions', 'csg', 'crd'],
  ],
  // Argo CD writes spec and status of an Application together: its CRD has no status subresource.
  'argoproj.io/v1alpha1': [
    ['Application', 'applications', 'g', 'app'],
    ['ApplicationSet', 'applicationsets', 'sg', 'appset'],
    ['AppProject', 'appprojects', 'g', 'appproj'],
    ['Rollout', 'rollouts', 'sg', 'ro'],
  ],
  'autoscaling.k8s.io/v1': [['VerticalPodAutoscaler', 'verticalpodautoscalers', 'sg', 'vpa']],
  'external-secrets.io/v1': [['ExternalSecret', 'externalsecrets', 'sg', 'es']],
  'gateway.networking.k8s.io/v1': [
    ['Gateway', 'gateways', 'sg', 'gtw'],
    ['HTTPRoute', 'httproutes', 'sg'],
  ],
  'keda.sh/v1alpha1': [['ScaledObject', 'scaledobjects', 'sg', 'so']],
  'monitoring.coreos.com/v1': [
    ['PodMonitor', 'podmonitors', 'g', 'pmon'],
    ['PrometheusRule', 'prometheusrules', 'g', 'promrule'],
    ['ServiceMonitor', 'servicemonitors', 'g', 'smon'],
  ],
  'networking.istio.io/v1': [
    ['DestinationRule', 'destinationrules', 'sg', 'dr'],
    ['VirtualService', 'virtualservices', 'sg', 'vs'],
  ],
  'secrets-store.csi.x-k8s.io/v1': [['SecretProviderClass', 'secretproviderclasses', 'g', 'spc']],
};

export const builtinResources: readonly Resource[] = Object.entries(served).flatMap(
  ([apiVersion, kinds]) => {
    const [version, group = ''] = apiVersion.split('/').reverse();
    return kinds.map(([kind, plural, traits, shortName]) => ({
      group,
      version,
      kind,
      plural,
      namespaced: !traits.includes('c'),
      statusSubresource: traits.includes('s'),
      counted: traits.includes('g'),
      shortNames: shortName ? [shortName] : [],
    }));
  },
);
