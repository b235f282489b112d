import equal from 'fast-deep-equal';
import type { PodTemplate } from '../objects/pod';

const HASH_LABEL = 'pod-template-hash';
// k8s.io/apimachinery pkg/util/rand SafeEncodeString
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Eight to ten characters that depend on the template alone, looking like the deployment controller's. */
export function templateHash(template: PodTemplate): string {
  let hash = 0x811c9dc5;
  for (const char of stable(template)) {
    hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
  }
  return [...String(hash)].map(char => ALPHABET[char.charCodeAt(0) % ALPHABET.length]).join('');
}

/** Whether both templates make the same pods; the hash itself does not count. */
export const sameTemplate = (a: PodTemplate, b: PodTemplate): boolean =>
  equal(withoutHash(a), withoutHash(b));

export const withHash = (template: PodTemplate, hash: string): PodTemplate => ({
  ...template,
  metadata: {
    ...template.metadata,
    labels: { ...template.metadata?.labels, [HASH_LABEL]: hash },
  },
});

function withoutHash({ metadata, spec }: PodTemplate): unknown {
  const { [HASH_LABEL]: _hash, ...labels } = metadata?.labels ?? {};
  return { labels, annotations: metadata?.annotations ?? {}, spec };
}

/** JSON with sorted keys. */
const stable = (value: unknown): string =>
  JSON.stringify(value, (_key, inner) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
