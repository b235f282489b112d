/**
 * DNS suffix by the beginning of the region's name; every other region is of the `aws` or `aws-us-gov` partition.
 * Source: https://github.com/aws/aws-sdk-go-v2 internal/endpoints/awsrulesfn/partitions.json
 */
const SUFFIXES: readonly (readonly [prefix: string, suffix: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['us-iso-', 'c2s.ic.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
];

/** The regional STS endpoint: the global one is in one region only, and not reachable from every VPC. */
export function stsHostOf(region: string): string {
  const [, suffix] = SUFFIXES.find(([prefix]) => region.startsWith(prefix)) ?? [
    '',
    'amazonaws.com',
  ];
  return `sts.${region}.${suffix}`;
}
