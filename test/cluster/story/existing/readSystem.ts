import { existsSync } from 'node:fs';
import { readManifests } from '@waymark/template-kit';
import type { KubeObject } from '../../world/kubeApi';
import type { ExistingSystem } from './ExistingSystem';

/** Entity whose page shows one workload. */
export interface WorkloadPage {
  readonly kind: 'component' | 'resource';
  readonly name: string;
}

/** All objects of a system, in its namespace; nothing where its manifests have not been collected. */
export async function readSystem({ path, namespace }: ExistingSystem): Promise<KubeObject[]> {
  if (!existsSync(path)) return [];
  const { objects } = await readManifests(path, async () => '');
  return (objects as KubeObject[]).map(object => ({
    ...object,
    metadata: { ...object.metadata, namespace },
  }));
}

/** What keeps data is a resource in the catalog, everything else a component. */
export const pagesOf = (objects: readonly KubeObject[]): WorkloadPage[] =>
  objects
    .filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet')
    .map(({ kind, metadata: { name } }) => ({
      kind: kind === 'StatefulSet' ? 'resource' : 'component',
      name,
    }));
