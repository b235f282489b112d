import { parseQuantity, podTemplateOf, type Container, type Workload } from '@waymark/kube-graph';

export type Resource = 'cpu' | 'memory';
export const RESOURCES: readonly Resource[] = ['cpu', 'memory'];

/** The request of a container. A limit without a request is taken for the request by the API server; zero reserves nothing. */
export const requestOf = ({ resources }: Pick<Container, 'resources'>, resource: string) =>
  aboveZero(resources?.requests?.[resource] ?? resources?.limits?.[resource]);

export const limitOf = ({ resources }: Pick<Container, 'resources'>, resource: string) =>
  aboveZero(resources?.limits?.[resource]);

const aboveZero = (quantity: string | number | undefined) =>
  parseQuantity(quantity) === 0 ? undefined : quantity;

/**
 * Requests and limits of the pod as a whole, which stand in for those of its containers.
 * Source: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#pod-level-resource-specification
 */
export const podLevel = (workload: Workload): Pick<Container, 'resources'> => ({
  resources: podTemplateOf(workload).spec.resources,
});
