/** What the clusters of one comparison hold. Everything else about it is the same. */
export interface Scenario {
  readonly name: string;
  readonly clusters: number;
  readonly services: number;
  /** Deployments that a service has in each cluster, each in a namespace of its own. */
  readonly deploymentsPerService: number;
  readonly podsPerDeployment: number;
  /** Whether the stock plugin may ask metrics.k8s.io too, as it does unless told not to. */
  readonly metrics: boolean;
}

export const scenarios = [
  {
    name: '1 cluster × 1,000 services × 10 pods',
    clusters: 1,
    services: 1000,
    deploymentsPerService: 1,
    podsPerDeployment: 10,
    metrics: false,
  },
  {
    name: '20 clusters × 30 pods',
    clusters: 20,
    services: 1,
    deploymentsPerService: 2,
    podsPerDeployment: 15,
    metrics: true,
  },
] as const satisfies readonly Scenario[];

export function scenarioNamed(name: string | undefined): Scenario {
  const scenario = scenarios.find(candidate => candidate.name === name);
  if (!scenario) throw new Error(`no scenario '${name}'`);
  return scenario;
}

/** The value of `backstage.io/kubernetes-id`, and the name of the entity. */
export const serviceName = (service: number) => `service-${service}`;

export const serviceNames = ({ services }: Scenario) =>
  Array.from({ length: services }, (_, service) => serviceName(service));
