import {
  mergeReads,
  podTemplateReads,
  podTemplateShapes,
  type FieldPath,
  type Reads,
} from '@waymark/kube-graph';

type ProbeField = 'livenessProbe' | 'readinessProbe' | 'startupProbe';

const LISTS = ['containers', 'initContainers'] as const;

const HANDLER = ['httpGet/path', 'httpGet/port', 'httpGet/host', 'tcpSocket', 'grpc'];
const DETAILS = ['httpGet/scheme', 'initialDelaySeconds', 'periodSeconds', 'failureThreshold'];

/**
 * What probes ask. A command often holds a password, and a header a token: that they are there is read, not what they say,
 * so that no live store keeps it.
 */
export const handlerReads = (...probes: readonly ProbeField[]): Reads =>
  mergeReads(
    podTemplateReads(...inContainers(probes, HANDLER)),
    podTemplateShapes(...inContainers(probes, ['exec'])),
  );

/** What probes ask, and when: enough to ask the same in another probe. */
export const probeReads = (...probes: readonly ProbeField[]): Reads =>
  mergeReads(
    handlerReads(...probes),
    podTemplateReads(...inContainers(probes, DETAILS)),
    podTemplateShapes(...inContainers(probes, ['httpGet/httpHeaders'])),
  );

/** That there is such a probe: the parents of a field that is read are kept, even where the field is absent. */
export const presenceReads = (...probes: readonly ProbeField[]): Reads =>
  podTemplateReads(...inContainers(probes, ['periodSeconds']));

/** What rules read of preStop hooks: how long they sleep, and that there is one. */
export const preStopReads: Reads = mergeReads(
  podTemplateReads(...inContainers(['lifecycle/preStop'], ['sleep'])),
  podTemplateShapes(...inContainers(['lifecycle/preStop'], ['exec', 'httpGet', 'tcpSocket'])),
);

function inContainers(parents: readonly string[], fields: readonly string[]): FieldPath[] {
  return LISTS.flatMap(list =>
    parents.flatMap(parent => fields.map((field): FieldPath => `/spec/${list}/${parent}/${field}`)),
  );
}
