import type { Namespace } from '../objects/cluster';
import { ApiError } from '../status/ApiError';
import { notFound } from '../status/refusals';
import { qualifiedName } from '../resources/Resource';
import type { Admission } from './Admission';

/** Nothing is created in a namespace that is not there or is on its way out. */
export const requireNamespace: Admission = ({ operation, object, resource, cluster }) => {
  const { namespace, name } = object.metadata;
  if (operation !== 'CREATE' || namespace === undefined) return;
  const found = cluster.get({ kind: 'Namespace', name: namespace }) as Namespace | undefined;
  if (!found) throw notFound({ group: '', plural: 'namespaces' }, namespace);
  if (!found.metadata.deletionTimestamp) return;
  throw new ApiError(
    403,
    'Forbidden',
    `${qualifiedName(resource)} "${name}" is forbidden: unable to create new content in namespace ` +
      `${namespace} because it is being terminated`,
    {
      details: {
        name,
        kind: resource.plural,
        causes: [
          {
            reason: 'NamespaceTerminating',
            message: `namespace ${namespace} is being terminated`,
            field: 'metadata.namespace',
          },
        ],
      },
    },
  );
};
