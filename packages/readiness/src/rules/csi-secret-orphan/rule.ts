import {
  configReferences,
  formatRef,
  type Graph,
  podTemplateOf,
  podTemplateReads,
  refOf,
  type SecretProviderClass,
  WORKLOAD_KINDS,
  type Workload,
} from '@waymark/kube-graph';
import { csiVolumes, placeOf, secretSources, usesPodIdentity } from '../../config';
import {
  defineRule,
  fail,
  type Failure,
  type Gap,
  gapIn,
  notApplicable,
  type Outcome,
  unknown,
} from '../../engine';

type Code = 'never-synced' | 'volume-unused' | 'start-order' | 'pod-identity-off';

export const csiSecretOrphan = defineRule({
  id: 'csi-secret-orphan',
  title: 'A Secret of the Secrets Store CSI driver is used without its volume',
  severity: 'error',
  level: 'deployable',
  kinds: [...WORKLOAD_KINDS],
  why: 'The driver writes the Secret only while a pod mounts the class. Without the mount it never appears, and the pod waits in CreateContainerConfigError.',
  remedy:
    'Mount a `csi` volume with `secretProviderClass` in the same pod, in a container too. With EKS Pod Identity set `usePodIdentity: "true"`, a string, in the class.',
  sources: [
    'https://secrets-store-csi-driver.sigs.k8s.io/topics/sync-as-kubernetes-secret',
    'https://github.com/aws/secrets-store-csi-driver-provider-aws#readme',
  ],
  params: {},
  reads: {
    ...podTemplateReads(
      '/spec/serviceAccountName',
      '/spec/volumes',
      '/spec/containers/name',
      '/spec/containers/env/valueFrom',
      '/spec/containers/envFrom',
      '/spec/containers/volumeMounts/name',
      '/spec/initContainers/name',
      '/spec/initContainers/env/valueFrom',
      '/spec/initContainers/envFrom',
      '/spec/initContainers/volumeMounts/name',
    ),
    SecretProviderClass: {
      fields: ['/spec/provider', '/spec/parameters/usePodIdentity', '/spec/secretObjects'],
    },
    ExternalSecret: { fields: ['/spec/target/name'] },
    ServiceAccount: { fields: ['/metadata/annotations/eks.amazonaws.com~1role-arn'] },
  },
  messages: {
    'never-synced':
      '{{place}} uses {{secret}}, which only {{class}} makes, and no pod of the namespace mounts that class',
    'volume-unused':
      '{{place}} uses {{secret}}, which {{class}} makes, and no container mounts volume {{volume}}: the driver is never asked',
    'start-order': '{{place}} uses {{secret}}, which {{class}} makes only while {{others}} runs',
    'pod-identity-off':
      'Volume {{volume}} uses {{class}} without usePodIdentity: "true", and {{workload}} has no other AWS identity than EKS Pod Identity',
  },
  *check({ subject, graph }) {
    const outcomes = [...withoutVolume(subject, graph), ...withoutIdentity(subject, graph)];
    yield* outcomes;
    if (!outcomes.length && !csiVolumes(subject).length) yield notApplicable;
  },
});

function* withoutVolume(subject: Workload, graph: Graph): Generator<Outcome<Code>> {
  const { namespace = '' } = subject.metadata;
  const references = configReferences(subject).filter(
    ({ kind, optional }) => kind === 'Secret' && !optional,
  );
  if (!references.length) return;
  const mounted = mountedClasses(subject);
  for (const { name, path } of references) {
    const sources = secretSources(graph, namespace, name).map(({ source }) => source);
    const classes = sources.filter(isProviderClass);
    if (sources.length > classes.length) continue;
    if (classes.some(({ metadata }) => mounted.has(metadata.name))) continue;
    const gap = classes.length
      ? gapIn(graph, 'Secret', 'ExternalSecret', ...WORKLOAD_KINDS)
      : gapIn(graph, 'SecretProviderClass');
    if (gap) {
      yield unknown(gap);
      return;
    }
    if (classes.length) yield orphan(subject, graph, name, path, classes);
  }
}

function orphan(
  subject: Workload,
  graph: Graph,
  name: string,
  path: string,
  classes: readonly SecretProviderClass[],
): Failure<Code> {
  const names = classes.map(({ metadata }) => metadata.name);
  const others = graph
    .workloads(subject.metadata.namespace)
    .filter(other => names.some(className => mountedClasses(other).has(className)));
  const unused = csiVolumes(subject).find(({ className }) => names.includes(className));
  const args = {
    place: placeOf(subject, path),
    secret: `Secret/${name}`,
    class: classes.map(object => formatRef(refOf(object))).join(', '),
    others: others.map(object => formatRef(refOf(object))).join(', '),
    volume: unused?.volume ?? '',
  };
  const found = { args, path, actual: name, related: [...classes, ...others].map(refOf) };
  if (others.length) return fail({ code: 'start-order', severity: 'warning', ...found });
  return fail({ code: unused ? 'volume-unused' : 'never-synced', ...found });
}

function* withoutIdentity(subject: Workload, graph: Graph): Generator<Outcome<Code>> {
  const { namespace } = subject.metadata;
  for (const { volume, className, path } of csiVolumes(subject)) {
    const providerClass = graph.get('SecretProviderClass', namespace, className);
    if (!providerClass) {
      const gap = gapIn(graph, 'SecretProviderClass');
      if (gap) yield unknown(gap);
      continue;
    }
    const { provider, parameters } = providerClass.spec ?? {};
    if (provider !== 'aws' || parameters?.usePodIdentity === 'true') continue;
    const account = accountOf(subject, graph);
    // A role annotation means IRSA, which the provider uses unless told otherwise.
    if (account?.metadata.annotations?.['eks.amazonaws.com/role-arn']) continue;
    const gap = account ? undefined : gapIn(graph, 'ServiceAccount');
    if (gap || !usesPodIdentity(subject, graph)) {
      yield unknown(gap ?? ASSOCIATION_ELSEWHERE);
      continue;
    }
    yield fail({
      code: 'pod-identity-off',
      args: { volume, class: formatRef(refOf(providerClass)), workload: formatRef(refOf(subject)) },
      path,
      actual: parameters?.usePodIdentity,
      expected: 'true',
      related: [refOf(providerClass)],
    });
  }
}

/** Associations are mostly made by Terraform: that none is among the objects proves nothing. */
const ASSOCIATION_ELSEWHERE: Gap = {
  kind: 'PodIdentityAssociation',
  coverage: { state: 'open' },
};

const accountOf = (workload: Workload, graph: Graph) =>
  graph.get(
    'ServiceAccount',
    workload.metadata.namespace,
    podTemplateOf(workload).spec.serviceAccountName ?? 'default',
  );

const mountedClasses = (workload: Workload) =>
  new Set(
    csiVolumes(workload)
      .filter(({ mounted }) => mounted)
      .map(({ className }) => className),
  );

const isProviderClass = (object: { kind: string }): object is SecretProviderClass =>
  object.kind === 'SecretProviderClass';
