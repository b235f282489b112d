import { apiVersionOf } from '../resources/Resource';
import type { Controller } from './Controller';
import { keyOf } from './ownership';

/** Empties a namespace that is being deleted, then lets it go. */
export const namespaceController: Controller = {
  name: 'namespace-controller',

  *affected({ object, type }, { cluster }) {
    if (object.kind === 'Namespace') yield keyOf(object);
    const { namespace } = object.metadata;
    if (type !== 'DELETED' || !namespace) return;
    const within = cluster.get({ kind: 'Namespace', name: namespace });
    if (within?.metadata.deletionTimestamp) yield keyOf(within);
  },

  reconcile({ name }, { cluster }) {
    const namespace = cluster.get({ kind: 'Namespace', name });
    if (!namespace?.metadata.deletionTimestamp) return;
    const content = cluster.resources
      .all()
      .filter(({ namespaced }) => namespaced)
      .flatMap(resource =>
        cluster.store
          .list(resource, name)
          .map(object => ({ resource, object, apiVersion: apiVersionOf(resource) })),
      );
    for (const { resource, object, apiVersion } of content) {
      if (object.metadata.deletionTimestamp) continue;
      // One may have gone with another that was deleted just before.
      if (!cluster.store.get(resource, object.metadata)) continue;
      cluster.remove({ apiVersion, kind: resource.kind, ...keyOf(object) });
    }
    const left = content.some(({ resource, object }) =>
      cluster.store.get(resource, object.metadata),
    );
    if (left) return;
    cluster.modify(namespace, draft => {
      draft.spec = { finalizers: [] };
    });
  },
};
