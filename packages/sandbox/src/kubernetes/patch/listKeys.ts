/**
 * Which lists of the built-in kinds are merged entry by entry, and by which field: the `patchMergeKey` tags of
 * k8s.io/api that the kinds of the sandbox use. A list that is not here is replaced as a whole. Where two keys are
 * given the first one that the entries carry counts: a Service port has `port`, a container port `containerPort`.
 */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  conditions: ['type'],
  containers: ['name'],
  env: ['name'],
  ephemeralContainers: ['name'],
  hostAliases: ['ip'],
  imagePullSecrets: ['name'],
  initContainers: ['name'],
  ownerReferences: ['uid'],
  ports: ['containerPort', 'port'],
  secrets: ['name'],
  topologySpreadConstraints: ['topologyKey'],
  volumeDevices: ['devicePath'],
  volumeMounts: ['mountPath'],
  volumes: ['name'],
};

/** Lists of plain values that are merged as sets. */
const sets: readonly string[] = ['finalizers'];

export type JsonObject = Record<string, unknown>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The field by which entries of the list are told apart, when all of them carry it. */
export function mergeKeyOf(field: string, ...lists: readonly unknown[][]): string | undefined {
  const entries = lists.flat();
  if (entries.length === 0 || !entries.every(isJsonObject)) return undefined;
  return mergeKeys[field]?.find(key => entries.every(entry => entry[key] !== undefined));
}

export const isSet = (field: string): boolean => sets.includes(field);
