import type { KubeObject } from '@waymark/kube-graph';

/** A command line for the namespace of an object. Names come from the API server, which allows no character that a shell reads. */
export const kubectl = ({ metadata }: KubeObject, ...words: readonly string[]) =>
  ['kubectl', ...(metadata.namespace ? ['-n', metadata.namespace] : []), ...words].join(' ');

export const describe = (object: KubeObject) =>
  kubectl(object, 'describe', object.kind.toLowerCase(), object.metadata.name);
