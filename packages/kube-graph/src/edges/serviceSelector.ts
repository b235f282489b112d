import type { LabelSelector, Service } from '../objects';

/**
 * What a Service selects. Undefined where it selects nothing: an empty selector leaves the endpoints to somebody else, an
 * ExternalName is a DNS alias whose selector is ignored.
 * Source: https://kubernetes.io/docs/concepts/services-networking/service/#services-without-selectors
 */
export function serviceSelector({ spec }: Service): LabelSelector | undefined {
  const matchLabels = spec?.selector ?? {};
  if (spec?.type === 'ExternalName' || !Object.keys(matchLabels).length) return undefined;
  return { matchLabels };
}
