import type { Pod, Volume } from '@waymark/kube-graph';

export interface Missing {
  readonly code:
    'configmap-missing' | 'configmap-key-missing' | 'secret-missing' | 'secret-key-missing';
  readonly name: string;
  readonly key?: string;
}

/** What the kubelet could not find, from its message. Source: k8s.io/kubernetes pkg/kubelet/kubelet_pods.go */
export function missingIn(message: string): Missing | undefined {
  const key = /couldn't find key (\S+) in (ConfigMap|Secret) [^/\s]+\/(\S+)/i.exec(message);
  if (key) return { code: `${prefixOf(key[2])}-key-missing`, name: key[3], key: key[1] };
  const object = /\b(configmap|secret) "([^"]+)" not found/i.exec(message);
  return object ? { code: `${prefixOf(object[1])}-missing`, name: object[2] } : undefined;
}

/** The same for a volume; a missing key is named without its object, which the pod's own volume names. */
export function missingVolumeSource(message: string, pod: Pod): Missing | undefined {
  const missing = missingIn(message);
  if (missing) return missing;
  const match =
    /failed for volume "([^"]+)" ?: .*?(?:(configmap|secret) )?references non-existent (?:config|secret) key: (\S+)/i.exec(
      message,
    );
  if (!match) return undefined;
  const [, volumeName, , key] = match;
  const volume = pod.spec?.volumes?.find(({ name }) => name === volumeName);
  const source = volume && sourceWith(key, volume);
  return source && { code: `${source.kind}-key-missing`, name: source.name, key };
}

function sourceWith(
  key: string,
  { configMap, secret, projected }: Volume,
): { readonly kind: 'configmap' | 'secret'; readonly name: string } | undefined {
  if (configMap?.name) return { kind: 'configmap', name: configMap.name };
  if (secret?.secretName) return { kind: 'secret', name: secret.secretName };
  for (const { configMap: map, secret: other } of projected?.sources ?? []) {
    if (map?.name && map.items?.some(item => item.key === key))
      return { kind: 'configmap', name: map.name };
    if (other?.name && other.items?.some(item => item.key === key))
      return { kind: 'secret', name: other.name };
  }
  return undefined;
}

const prefixOf = (kind: string) => (kind.toLowerCase() === 'secret' ? 'secret' : 'configmap');
