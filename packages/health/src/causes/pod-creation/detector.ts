import type { Job, KubeObject } from '@waymark/kube-graph';
import { conditionOf, conditionPath, isActive, conditionReads } from '../../pods/podState';
import type { Evidence } from '../../verdict/Verdict';
import { type Condition, defineDetector, type Detected, type DetectorInput } from '../Detector';
import { evidenceIn } from '../evidence';
import { describe } from '../kubectl';
import { refusalIn, type CreationCode } from './refusalIn';

const CANNOT_CREATE = '{{workload}} cannot create pods';

const refused = (message: string): Condition => ({
  when: `condition ReplicaFailure of the Deployment or ReplicaSet is True, or a StatefulSet, DaemonSet or Job lacks pods and has an event with reason FailedCreate; the message ${message}`,
});

export const podCreation = defineDetector<CreationCode>({
  id: 'pod-creation',
  title: 'The API server refuses to create pods',
  why: 'A controller asks the API server for pods; quotas, limit ranges, security levels and admission policies may refuse them. There is no pod to look at: the answer stands in a condition of Deployment and ReplicaSet, and for the other kinds only in an event.',
  sources: [
    'https://kubernetes.io/docs/concepts/policy/resource-quotas/',
    'https://kubernetes.io/docs/concepts/security/pod-security-admission/',
    'Argo CD health_replicaset.go: ReplicaFailure=True is Degraded',
  ],
  messages: {
    'quota-exceeded': `${CANNOT_CREATE}: quota "{{quota}}" is used up, {{used}} of {{limit}} {{resource}}`,
    'quota-needs-resources': `${CANNOT_CREATE}: quota "{{quota}}" demands {{resource}} of every container`,
    'limit-range-violated': `${CANNOT_CREATE}: a limit range of the namespace forbids their resources{{said}}`,
    'pod-security-violated': `${CANNOT_CREATE}: pod security level "{{level}}" of the namespace forbids them{{said}}`,
    'admission-denied': `${CANNOT_CREATE}: policy "{{policy}}" denies them{{said}}`,
    'admission-webhook-failed': `${CANNOT_CREATE}: admission webhook "{{webhook}}" does not answer{{said}}`,
    'service-account-missing': `${CANNOT_CREATE}: service account "{{account}}" does not exist`,
    'pod-creation-refused': `${CANNOT_CREATE}{{said}}`,
  },
  remedies: {
    'quota-exceeded':
      'Raise the quota, lower the requests, or leave room for the surge of a rollout.',
    'quota-needs-resources': 'Set the resource on every container, or a default in a LimitRange.',
    'limit-range-violated': 'Bring requests and limits into the range, or change it.',
    'pod-security-violated': 'Set the security context that the level asks for.',
    'admission-denied': 'Change what the policy objects to; its message says what.',
    'admission-webhook-failed':
      'Bring the webhook back, or exempt the namespace; until then nothing new starts here.',
    'service-account-missing': 'Create the service account, or correct serviceAccountName.',
    'pod-creation-refused': 'Read the message of the API server in the evidence.',
  },
  conditions: {
    'quota-exceeded': refused('says exceeded quota'),
    'quota-needs-resources': refused('says failed quota, must specify'),
    'limit-range-violated': refused('names a minimum, a maximum or a ratio of a LimitRange'),
    'pod-security-violated': refused('says violates PodSecurity'),
    'admission-denied': refused('says that an admission policy or webhook denied the request'),
    'admission-webhook-failed': refused('says failed calling webhook'),
    'service-account-missing': refused('says that the service account is not found'),
    'pod-creation-refused': refused('says anything else'),
  },
  reads: {
    Deployment: { fields: ['/spec/replicas', ...conditionReads] },
    ReplicaSet: { fields: ['/spec/replicas', ...conditionReads] },
    StatefulSet: { fields: ['/spec/replicas'] },
    DaemonSet: { fields: ['/status/desiredNumberScheduled'] },
    Job: {
      fields: [
        '/spec/parallelism',
        '/spec/completions',
        '/spec/suspend',
        '/status/succeeded',
        ...conditionReads,
      ],
    },
  },
  *detect(input) {
    const found = fromCondition(input.workload) ?? fromEvent(input);
    if (!found) return;
    const { code, args } = refusalIn(found.message);
    yield {
      status: 'degraded',
      cause: {
        code,
        args,
        evidence: found.evidence,
        command: describe(input.workload),
        ...(found.at && { at: found.at }),
      },
    } satisfies Detected<CreationCode>;
  },
});

interface Found {
  readonly message: string;
  readonly evidence: readonly Evidence[];
  readonly at?: string;
}

function fromCondition(workload: DetectorInput['workload']): Found | undefined {
  if (workload.kind !== 'Deployment' && workload.kind !== 'ReplicaSet') return undefined;
  const failure = conditionOf(workload, 'ReplicaFailure');
  if (failure?.status !== 'True') return undefined;
  return {
    message: failure.message ?? '',
    evidence: evidenceIn(workload, conditionPath(workload, 'ReplicaFailure', 'message')),
    ...(failure.lastTransitionTime && { at: failure.lastTransitionTime }),
  };
}

/** Only while pods are missing: the event stays for an hour after the pod was created at last. */
function fromEvent(input: DetectorInput): Found | undefined {
  const owner = ownerShortOfPods(input);
  if (!owner) return undefined;
  const event = input.graph.warningsOf(owner).find(({ reason }) => reason === 'FailedCreate');
  if (!event) return undefined;
  const at = event.firstTimestamp ?? event.eventTime ?? undefined;
  return {
    message: event.message ?? '',
    evidence: evidenceIn(event, '/message'),
    ...(at && { at }),
  };
}

function ownerShortOfPods({ workload, pods, graph }: DetectorInput): KubeObject | undefined {
  switch (workload.kind) {
    case 'StatefulSet':
      return pods.length < (workload.spec?.replicas ?? 1) ? workload : undefined;
    case 'DaemonSet':
      return pods.length < (workload.status?.desiredNumberScheduled ?? 0) ? workload : undefined;
    case 'Job':
      return isShort(workload, pods.filter(isActive).length) ? workload : undefined;
    case 'CronJob':
      return graph
        .jobsOf(workload)
        .find(job => isShort(job, graph.podsOf(job).filter(isActive).length));
    default:
      return undefined;
  }
}

const isShort = ({ spec, status }: Job, active: number) =>
  !spec?.suspend &&
  !status?.conditions?.some(
    ({ type, status: is }) => /^(Complete|Failed)$/.test(type) && is === 'True',
  ) &&
  active < (spec?.parallelism ?? 1) &&
  active + (status?.succeeded ?? 0) < (spec?.completions ?? spec?.parallelism ?? 1);
