import { formatSelector, type Service } from '@waymark/kube-graph';
import type { Detected } from '../causes/Detector';
import { evidenceIn, said } from '../causes/evidence';
import type { EndpointCode } from '../causes/no-endpoints/detector';
import { countEndpoints, SETTLE_SECONDS } from '../causes/no-endpoints/endpoints';
import { portFaults, show } from '../causes/no-endpoints/portFaults';
import { type Status, worstStatus } from '../verdict/Verdict';
import type { KindInput, KindJudge } from './SubjectJudge';

/** Source: https://kubernetes-sigs.github.io/aws-load-balancer-controller/ and k8s.io/cloud-provider service controller. */
const BALANCER_FAILURES = ['FailedDeployModel', 'FailedBuildModel', 'SyncLoadBalancerFailed'];

type Input = KindInput<Service>;

export const service: KindJudge<Service> = {
  reads: {
    Service: { fields: ['/spec', '/status'] },
    EndpointSlice: { fields: ['/endpoints', '/ports', '/addressType'] },
  },
  standing(input) {
    const { subject, graph } = input;
    if (subject.spec?.type === 'ExternalName') return { status: 'healthy', desired: 0, ready: 0 };
    if (!graph.knows('EndpointSlice')) return { status: 'progressing', desired: 0, ready: 0 };
    const serving = isDown(input) ? 0 : countEndpoints(graph.endpointSlicesOf(subject)).serving;
    const status = serving > 0 ? statusOfBalancer(subject) : statusWithoutEndpoints(input);
    return { status, desired: status === 'suspended' ? 0 : 1, ready: serving };
  },
  *faults(input) {
    const { subject, graph } = input;
    if (subject.spec?.type === 'ExternalName') return;
    const { serving, total } = countEndpoints(graph.endpointSlicesOf(subject));
    if (serving === 0 || isDown(input)) yield* unreachable(input, total);
    else for (const workload of graph.workloadsOf(subject)) yield* portFaults(subject, workload);
    yield* withoutBalancer(input);
  },
};

/** Endpoints that come and go with every restart of a crash loop serve nobody. */
function isDown({ subject, graph, statusOf }: Input): boolean {
  const behind = graph.workloadsOf(subject);
  return behind.length > 0 && behind.every(workload => statusOf(workload) === 'down');
}

const hasSelector = ({ spec }: Service) => Object.keys(spec?.selector ?? {}).length > 0;

const statusOfBalancer = ({ spec, status }: Service): Status =>
  spec?.type === 'LoadBalancer' && !status?.loadBalancer?.ingress?.length
    ? 'progressing'
    : 'healthy';

/** As its pods stand: a Service of a workload that is still rolling out is on its way, too. */
function statusWithoutEndpoints({ subject, graph, statusOf }: Input): Status {
  const behind = worstStatus(graph.workloadsOf(subject).map(statusOf));
  return behind === 'suspended' || behind === 'unknown' ? behind : 'progressing';
}

function* unreachable(
  { subject, graph, clock, statusOf }: Input,
  total: number,
): Iterable<Detected<EndpointCode>> {
  const name = subject.metadata.name;
  const tell = (
    code: EndpointCode,
    args: Readonly<Record<string, string | number>>,
  ): Detected<EndpointCode> => ({
    status: 'degraded',
    cause: {
      code,
      args: { service: name, ...args },
      evidence: [...selectorEvidence(subject), ...evidenceIn(subject, '/spec/type')],
      command: show(subject),
    },
  });
  if (
    !graph.knows('EndpointSlice') ||
    !clock.lasted(subject.metadata.creationTimestamp, SETTLE_SECONDS)
  )
    return;
  if (!hasSelector(subject)) {
    yield tell('service-without-endpoints', {});
    return;
  }
  const behind = graph.workloadsOf(subject);
  if (behind.length) {
    const failing = behind.find(workload => /^(degraded|down)$/.test(statusOf(workload)));
    if (failing) yield tell('service-none-ready', { target: failing.metadata.name, total });
    return;
  }
  if (graph.knowsWorkloads() && total === 0)
    yield tell('service-selects-nothing', { selector: formatSelector(subject.spec.selector) });
}

const selectorEvidence = (subject: Service) =>
  evidenceIn(
    subject,
    ...Object.keys(subject.spec?.selector ?? {}).map(
      key => `/spec/selector/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`,
    ),
  );

function* withoutBalancer({ subject, graph }: Input): Iterable<Detected<EndpointCode>> {
  if (statusOfBalancer(subject) === 'healthy') return;
  const event = graph
    .warningsOf(subject)
    .find(({ reason = '' }) => BALANCER_FAILURES.includes(reason));
  if (!event) return;
  yield {
    status: 'degraded',
    cause: {
      code: 'load-balancer-failed',
      args: { service: subject.metadata.name, said: said(event.message) },
      evidence: evidenceIn(event, '/reason', '/message'),
      command: show(subject),
    },
  };
}
