import type { Container, Volume, Workload } from '../objects';
import { allContainers, podSpecPath, podTemplateOf } from './podTemplateOf';

/** A place in a pod template that names a ConfigMap or Secret, or one key of it. */
export interface ConfigReference {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** Absent when the whole object is used. */
  readonly key?: string;
  readonly optional: boolean;
  /** JSON pointer inside the workload's manifest. */
  readonly path: string;
  readonly use: 'env' | 'envFrom' | 'volume';
}

export function configReferences(workload: Workload): ConfigReference[] {
  const { volumes = [] } = podTemplateOf(workload).spec;
  return [
    ...allContainers(workload).flatMap(({ container, path }) => [
      ...fromEnv(container, path),
      ...fromEnvFrom(container, path),
    ]),
    ...volumes.flatMap((volume, index) =>
      fromVolume(volume, `${podSpecPath(workload)}/volumes/${index}`),
    ),
  ];
}

function fromEnv({ env = [] }: Container, base: string): ConfigReference[] {
  return env.flatMap(({ valueFrom }, index) => {
    if (!valueFrom) return [];
    const path = `${base}/env/${index}/valueFrom`;
    const { configMapKeyRef: map, secretKeyRef: secret } = valueFrom;
    return [
      ...reference('ConfigMap', map?.name, map, `${path}/configMapKeyRef`, 'env'),
      ...reference('Secret', secret?.name, secret, `${path}/secretKeyRef`, 'env'),
    ];
  });
}

function fromEnvFrom({ envFrom = [] }: Container, base: string): ConfigReference[] {
  return envFrom.flatMap(({ configMapRef, secretRef }, index) => [
    ...reference(
      'ConfigMap',
      configMapRef?.name,
      configMapRef,
      `${base}/envFrom/${index}/configMapRef`,
      'envFrom',
    ),
    ...reference(
      'Secret',
      secretRef?.name,
      secretRef,
      `${base}/envFrom/${index}/secretRef`,
      'envFrom',
    ),
  ]);
}

function fromVolume(volume: Volume, base: string): ConfigReference[] {
  const projected = (volume.projected?.sources ?? []).flatMap(({ configMap, secret }, index) => [
    ...ofItems(
      'ConfigMap',
      configMap?.name,
      configMap,
      `${base}/projected/sources/${index}/configMap`,
    ),
    ...ofItems('Secret', secret?.name, secret, `${base}/projected/sources/${index}/secret`),
  ]);
  return [
    ...ofItems('ConfigMap', volume.configMap?.name, volume.configMap, `${base}/configMap`),
    ...ofItems('Secret', volume.secret?.secretName, volume.secret, `${base}/secret`),
    ...projected,
  ];
}

interface Source {
  key?: string;
  optional?: boolean;
  items?: { key: string }[];
}

function ofItems(
  kind: ConfigReference['kind'],
  name: string | undefined,
  source: Source | undefined,
  path: string,
) {
  const items = source?.items ?? [];
  if (!items.length) return reference(kind, name, source, path, 'volume');
  return items.flatMap(({ key }, index) =>
    reference(kind, name, { key, optional: source?.optional }, `${path}/items/${index}`, 'volume'),
  );
}

function reference(
  kind: ConfigReference['kind'],
  name: string | undefined,
  source: Source | undefined,
  path: string,
  use: ConfigReference['use'],
): ConfigReference[] {
  if (!name) return [];
  return [
    {
      kind,
      name,
      ...(source?.key && { key: source.key }),
      optional: source?.optional ?? false,
      path,
      use,
    },
  ];
}
