const TIME = '2026-11-20T08:00:05Z';

/** Who wrote which field, as an API server sends with every object: nearly half of a pod's JSON. */
export function managedFields({ metadata, status, ...fields }: Readonly<Record<string, unknown>>) {
  return [
    entry('kube-controller-manager', { metadata, ...fields }),
    ...(status ? [{ ...entry('kubelet', { status }), subresource: 'status' }] : []),
  ];
}

const entry = (manager: string, fields: object) => ({
  manager,
  operation: 'Update',
  apiVersion: 'v1',
  time: TIME,
  fieldsType: 'FieldsV1',
  fieldsV1: owned(fields),
});

/** FieldsV1: `f:` for a field, `k:` for an item of a list that is keyed by name. */
function owned(value: unknown): object {
  if (typeof value !== 'object' || value === null) return {};
  const entries = Array.isArray(value)
    ? value.flatMap(item =>
        item?.name ? [[`k:{"name":"${item.name}"}`, { '.': {}, ...owned(item) }]] : [],
      )
    : Object.entries(value).map(([field, inner]) => [`f:${field}`, owned(inner)]);
  return Object.fromEntries(entries);
}
