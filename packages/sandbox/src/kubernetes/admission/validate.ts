import equal from 'fast-deep-equal';
import type { KubeObject } from '../objects/KubeObject';
import type { PodSpec, PodTemplate } from '../objects/pod';
import type { LabelSelector } from '../selectors/LabelSelector';
import { selects } from '../selectors/LabelSelector';
import type { StatusCause } from '../status/ApiError';
import { invalid } from '../status/refusals';
import type { Admission } from './Admission';

const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const subdomain = new RegExp(`^${SUBDOMAIN}$`);

const required = (field: string, more = ''): StatusCause => ({
  reason: 'FieldValueRequired',
  message: `Required value${more && `: ${more}`}`,
  field,
});
const wrong = (field: string, value: unknown, why: string): StatusCause => ({
  reason: 'FieldValueInvalid',
  message: `Invalid value: ${JSON.stringify(value)}: ${why}`,
  field,
});

/** Kinds whose pods are found by a selector that may never change. */
const selecting = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

/**
 * The checks without which a controller could not work on the object, worded as the API server words them. Not
 * the whole validation of Kubernetes: `test/cluster` has the real one for that.
 */
export const validate: Admission = ({ object, previous, resource }) => {
  const { kind, metadata } = object;
  const causes = [...nameCauses(metadata.name), ...workloadCauses(object, previous)];
  if (kind === 'Pod') causes.push(...podCauses(object.spec as PodSpec | undefined, 'spec'));
  if (kind === 'Job') {
    const { template } = (object.spec ?? {}) as { template?: PodTemplate };
    causes.push(...podCauses(template?.spec, 'spec.template.spec'));
    if (!['OnFailure', 'Never'].includes(template?.spec?.restartPolicy ?? '')) {
      const field = 'spec.template.spec.restartPolicy';
      causes.push(required(field, 'valid values: "OnFailure", "Never"'));
    }
  }
  if (kind === 'HorizontalPodAutoscaler') causes.push(...autoscalerCauses(object));
  if (kind === 'Service' && !object.spec) causes.push(required('spec.ports'));
  if (causes.length > 0) throw invalid(resource, metadata.name ?? '', causes);
};

function nameCauses(name: string | undefined): StatusCause[] {
  if (!name) return [required('metadata.name', 'name or generateName is required')];
  if (name.length <= 253 && subdomain.test(name)) return [];
  // Names of RBAC objects may hold a colon.
  if (/^[a-z0-9:.-]+$/.test(name)) return [];
  return [
    wrong(
      'metadata.name',
      name,
      'a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, ' +
        "'-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', " +
        `regex used for validation is '${SUBDOMAIN}')`,
    ),
  ];
}

function workloadCauses(object: KubeObject, previous: KubeObject | undefined): StatusCause[] {
  if (!selecting.includes(object.kind)) return [];
  const { selector, template } = (object.spec ?? {}) as {
    selector?: LabelSelector;
    template?: PodTemplate;
  };
  const labels = template?.metadata?.labels;
  const before = (previous?.spec as { selector?: LabelSelector } | undefined)?.selector;
  return [
    ...(selector ? [] : [required('spec.selector')]),
    ...(selector && selects(selector, labels)
      ? []
      : [
          wrong(
            'spec.template.metadata.labels',
            labels ?? null,
            '`selector` does not match template `labels`',
          ),
        ]),
    ...podCauses(template?.spec, 'spec.template.spec'),
    ...(before && !equal(before, selector)
      ? [wrong('spec.selector', selector, 'field is immutable')]
      : []),
    ...(object.kind === 'StatefulSet' ? frozenFieldCauses(object, previous) : []),
  ];
}

const changeable = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

function frozenFieldCauses(object: KubeObject, previous: KubeObject | undefined): StatusCause[] {
  if (!previous) return [];
  const fixed = ({ spec }: KubeObject) => {
    const { serviceName, volumeClaimTemplates = [] } = spec as Record<string, unknown>;
    const claims = volumeClaimTemplates as KubeObject[];
    return {
      serviceName,
      claims: claims.map(({ metadata, spec: claim }) => ({ metadata, claim })),
    };
  };
  if (sameNames(fixed(object), fixed(previous))) return [];
  const last = changeable[changeable.length - 1];
  const names = changeable
    .slice(0, -1)
    .map(name => `'${name}'`)
    .join(', ');
  return [
    {
      reason: 'FieldValueForbidden',
      message: `Forbidden: updates to statefulset spec for fields other than ${names} and '${last}' are forbidden`,
      field: 'spec',
    },
  ];
}

/** Compares what the author wrote, without the defaults that only the stored form has. */
function sameNames(
  a: { serviceName: unknown; claims: { metadata: KubeObject['metadata'] }[] },
  b: { serviceName: unknown; claims: { metadata: KubeObject['metadata'] }[] },
): boolean {
  const names = ({ claims }: typeof a) => claims.map(({ metadata }) => metadata.name);
  return a.serviceName === b.serviceName && equal(names(a), names(b));
}

function podCauses(spec: PodSpec | undefined, path: string): StatusCause[] {
  if (!spec?.containers?.length) return [required(`${path}.containers`)];
  return [...spec.containers].flatMap(({ name, image }, index) => [
    ...(name ? [] : [required(`${path}.containers[${index}].name`)]),
    ...(image ? [] : [required(`${path}.containers[${index}].image`)]),
  ]);
}

function autoscalerCauses({ spec }: KubeObject): StatusCause[] {
  const {
    maxReplicas = 0,
    minReplicas = 1,
    scaleTargetRef,
  } = (spec ?? {}) as {
    maxReplicas?: number;
    minReplicas?: number;
    scaleTargetRef?: { name?: string };
  };
  return [
    ...(scaleTargetRef?.name ? [] : [required('spec.scaleTargetRef.name')]),
    ...(maxReplicas >= 1
      ? []
      : [wrong('spec.maxReplicas', maxReplicas, 'must be greater than or equal to 1')]),
    ...(maxReplicas >= minReplicas
      ? []
      : [wrong('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')]),
  ];
}
