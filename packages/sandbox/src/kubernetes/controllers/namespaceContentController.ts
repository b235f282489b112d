import type { KubeObject } from '../objects/KubeObject';
import type { Controller } from './Controller';
import { keyOf } from './ownership';

/** Every namespace has the service account `default` and the cluster's root certificate. */
export const namespaceContentController: Controller = {
  name: 'serviceaccount-controller',

  *affected({ object, type }, { cluster }) {
    if (object.kind === 'Namespace') yield keyOf(object);
    const given = ['ServiceAccount', 'ConfigMap'].includes(object.kind) && type === 'DELETED';
    const namespace = given
      ? cluster.get({ kind: 'Namespace', name: object.metadata.namespace ?? '' })
      : undefined;
    if (namespace) yield keyOf(namespace);
  },

  reconcile({ name }, { cluster }) {
    const namespace = cluster.get({ kind: 'Namespace', name });
    if (!namespace || namespace.metadata.deletionTimestamp) return;
    for (const object of contentOf(name)) {
      const { kind, metadata } = object;
      if (!cluster.get({ kind, namespace: name, name: metadata.name })) cluster.create(object);
    }
  },
};

const contentOf = (namespace: string): KubeObject[] => [
  { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } },
  {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'kube-root-ca.crt', namespace },
    data: { 'ca.crt': '' },
  },
];
