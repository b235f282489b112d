import {
  formatRef,
  longRunningContainers,
  mergeReads,
  podTemplateReads,
  refOf,
  type Container,
  type ProbeHandler,
} from '@waymark/kube-graph';
import { defineRule, fail, notApplicable, unknown, type Failure } from '../../engine';
import {
  calledServices,
  commandGap,
  formatHandler,
  handlerKey,
  handlerReads,
  isLongRunning,
  isWithheld,
  LONG_RUNNING_KINDS,
} from '../../workload';
import { remoteCallOf } from './remoteHost';

type Code = 'path' | 'command' | 'same-as-readiness';
type Clause = Pick<Failure<Code>, 'code' | 'args' | 'actual'>;

export const livenessChecksDependency = defineRule<
  (typeof LONG_RUNNING_KINDS)[number],
  { words: readonly string[] },
  Code
>({
  id: 'liveness-checks-dependency',
  title: 'A liveness probe depends on something else than the process',
  severity: 'warning',
  level: 'resilient',
  kinds: LONG_RUNNING_KINDS,
  why: 'When the dependency is slow or down, every pod that asks for it in its liveness probe is killed at once. The restarts then hit the dependency again: one fault becomes an outage of everything.',
  remedy:
    'Let the liveness probe ask a path that only proves the process runs, such as `/livez`, and check dependencies in readiness at most.',
  sources: [
    'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    'https://docs.aws.amazon.com/eks/latest/best-practices/application.html',
  ],
  params: {
    words: [
      'ready',
      'readyz',
      'readiness',
      'db',
      'database',
      'deps',
      'dependencies',
      'deep',
      'full',
    ],
  },
  reads: mergeReads(
    podTemplateReads('/spec/restartPolicy', '/spec/containers/image', '/spec/initContainers/image'),
    handlerReads('livenessProbe', 'readinessProbe'),
  ),
  messages: {
    path: 'The liveness probe of container {{container}} in {{workload}} asks {{path}}, which checks more than the process ("{{word}}")',
    command:
      'The liveness probe of container {{container}} in {{workload}} runs {{program}} against {{host}}',
    'same-as-readiness':
      'Liveness of container {{container}} in {{workload}} asks the same as readiness ({{handler}}), and the service calls {{services}}',
  },
  *check({ subject, graph, params }) {
    const live = isLongRunning(subject)
      ? longRunningContainers(subject).filter(({ container }) => container.livenessProbe)
      : [];
    if (!live.length) yield notApplicable;
    for (const { container, path } of live) {
      const liveness = container.livenessProbe!;
      const base = { container: container.name, workload: formatRef(refOf(subject)) };
      const at = { path: `${path}/livenessProbe`, expected: 'a probe of the process alone' };
      const clause = pathClause(liveness, params.words) ?? commandClause(liveness, container);
      if (clause) {
        yield fail({ ...at, ...clause, args: { ...base, ...clause.args } });
        continue;
      }
      if (isWithheld(liveness)) yield unknown(commandGap(subject));
      if (!asksAsReadiness(container)) continue;
      const { services, gap } = calledServices(subject, graph);
      if (services.length) {
        const handler = formatHandler(liveness);
        const names = services.map(({ metadata }) => metadata.name).join(', ');
        yield fail({
          ...at,
          code: 'same-as-readiness',
          args: { ...base, handler, services: names },
          actual: handler,
          related: services.map(refOf),
        });
      } else if (gap) yield unknown(gap);
    }
  },
});

function pathClause({ httpGet }: ProbeHandler, words: readonly string[]): Clause | undefined {
  const asked = (httpGet?.path ?? '').toLowerCase().split(/[^a-z0-9]+/);
  const word = words.find(candidate => asked.includes(candidate));
  // The query may carry a token: it is searched, not shown.
  const path = httpGet?.path?.split('?')[0] ?? '/';
  return word === undefined ? undefined : { code: 'path', args: { path, word }, actual: path };
}

function commandClause({ exec }: ProbeHandler, container: Container): Clause | undefined {
  const call = exec && remoteCallOf(exec.command ?? [], container);
  if (!call) return undefined;
  const { program, host = 'the host that its environment names' } = call;
  return { code: 'command', args: { program, host }, actual: program };
}

const asksAsReadiness = (container: Container): boolean => {
  const { livenessProbe, readinessProbe } = container;
  return (
    livenessProbe?.httpGet !== undefined &&
    readinessProbe !== undefined &&
    handlerKey(livenessProbe, container) === handlerKey(readinessProbe, container)
  );
};
