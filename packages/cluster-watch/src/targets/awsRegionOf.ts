/**
 * The region in the host of an EKS endpoint: `….gr7.eu-west-1.eks.amazonaws.com`, in China with `.cn`, dual-stack
 * endpoints under `api.aws`.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html
 */
export function awsRegionOf(url: string): string | undefined {
  const { hostname } = new URL(url);
  const match =
    /\.([a-z]{2,4}(?:-[a-z]+)+-\d+)\.(?:eks\.amazonaws\.com(?:\.cn)?|amazonwebservices\.com\.cn|api\.(?:aws|amazonwebservices\.com\.cn))$/.exec(
      hostname,
    );
  return match?.[1];
}
