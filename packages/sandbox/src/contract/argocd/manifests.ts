import type { Json } from '../Answer';

/** The part of a spec by which Argo CD syncs by itself. */
export const automated = (options: Json = {}): Json => ({
  syncPolicy: { automated: options, syncOptions: ['CreateNamespace=true'] },
});

export const configMap = (name: string, value: string): string =>
  JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { key: value } });

export const service = (name: string): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80 }] },
  });

/** What a stage begins with: folders of plain manifests. */
export const oneMap = { 'plain/a.json': configMap('a', '1') };
export const twoMaps = { ...oneMap, 'plain/b.json': configMap('b', '1') };
