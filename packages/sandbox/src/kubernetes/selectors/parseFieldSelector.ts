import type { KubeObject } from '../objects/KubeObject';
import type { Resource } from '../resources/Resource';
import { badRequest } from '../status/refusals';

/** Which fields the API server can select by, besides name and namespace (pkg/apis/core/v1/conversion.go). */
const selectable: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'status.phase',
    'status.podIP',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase'],
  ReplicaSet: ['status.replicas'],
  Job: ['status.successful'],
  Secret: ['type'],
};

/** Reads `involvedObject.name=web,type!=Normal` into a test of one object. */
export function parseFieldSelector(
  text: string,
  { kind }: Pick<Resource, 'kind'>,
): (object: KubeObject) => boolean {
  const tests = text
    .split(',')
    .filter(Boolean)
    .map(part => {
      const match = /^([^=!]+?)(={1,2}|!=)(.*)$/.exec(part);
      if (!match) throw badRequest(`invalid selector: '${text}'; can't understand '${part}'`);
      const [, field, operator, value] = match;
      const known =
        ['metadata.name', 'metadata.namespace'].includes(field) ||
        selectable[kind]?.includes(field);
      if (!known) throw badRequest(`field label not supported: ${field}`);
      return (object: KubeObject) => (fieldOf(object, field) === value) === (operator !== '!=');
    });
  return object => tests.every(test => test(object));
}

function fieldOf(object: KubeObject, field: string): string {
  if (field === 'source') return fieldOf(object, 'source.component');
  const value = field
    .split('.')
    .reduce<unknown>(
      (node, step) =>
        typeof node === 'object' && node !== null
          ? (node as Record<string, unknown>)[step]
          : undefined,
      object,
    );
  // An unset bool or string compares as the API server's zero value.
  if (value === undefined || value === null) return field === 'spec.unschedulable' ? 'false' : '';
  return String(value);
}
