import type { MetricsService } from '@backstage/backend-plugin-api/alpha';
import type { Clock, RequestRecorder } from '@waymark/cluster-watch';
import type { CollectorObserver } from './collector/Collector';

/** How the collectors of this replica do. Names are whole, the service adds no prefix. */
export function createCollectorMetrics(metrics: MetricsService) {
  const judged = metrics.createCounter('waymark.health.judged', {
    description: 'Subjects judged, whether or not anything came of it',
    unit: '{subject}',
  });
  const duration = metrics.createHistogram('waymark.health.judge.duration', {
    description: 'Time to judge one batch of subjects',
    unit: 'ms',
  });
  const written = metrics.createCounter('waymark.health.written', {
    description: 'Verdicts written because something about them was new',
    unit: '{verdict}',
  });
  const failures = metrics.createCounter('waymark.health.failures', {
    description: 'What a collector could not do: judge an object, write to the database',
    unit: '{failure}',
  });
  return (cluster: string): CollectorObserver => ({
    judged: (subjects, milliseconds) => {
      judged.add(subjects, { cluster });
      duration.record(milliseconds, { cluster });
    },
    written: verdicts => written.add(verdicts, { cluster }),
    failed: what => failures.add(1, { cluster, what }),
  });
}

/** What the API servers are asked. No page view adds to it: it grows with watches that begin, and the heartbeat. */
export function createRequestMetrics(metrics: MetricsService) {
  const requests = metrics.createCounter('waymark.health.api.requests', {
    description: 'Requests to API servers, by verb, resource and status code of the answer',
    unit: '{request}',
  });
  return (cluster: string): RequestRecorder =>
    ({ verb, resource, code }) =>
      // As client-go's rest_client_requests_total says that there was no answer.
      requests.add(1, { cluster, verb, resource, code: code ? String(code) : '<error>' });
}

export interface ObservedCluster {
  readonly cluster: string;
  readonly lastContact?: Date;
}

export function observeClusters(
  metrics: MetricsService,
  owned: () => readonly ObservedCluster[],
  clock: Clock,
) {
  metrics
    .createObservableGauge('waymark.health.clusters', {
      description: 'Clusters that this replica collects',
      unit: '{cluster}',
    })
    .addCallback(result => result.observe(owned().length));
  metrics
    .createObservableGauge('waymark.health.contact.age', {
      description: 'Time since the API server of a cluster last proved to be there',
      unit: 's',
    })
    .addCallback(result => {
      for (const { cluster, lastContact } of owned()) {
        if (lastContact) result.observe((clock.now() - lastContact.getTime()) / 1000, { cluster });
      }
    });
}
