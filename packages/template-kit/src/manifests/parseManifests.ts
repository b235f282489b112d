import type { KubeObject } from '@waymark/kube-graph';
import { idOf, type ObjectId } from '@waymark/kube-graph';
import { InputError } from '@backstage/errors';
import { loadAll } from 'js-yaml';

export interface SourceLine {
  readonly file: string;
  /** One-based line of the document's first line. */
  readonly line: number;
}

export interface Manifests {
  readonly objects: readonly KubeObject[];
  readonly sources: ReadonlyMap<ObjectId, SourceLine>;
}

/** The objects of a YAML stream or a JSON document, Lists unrolled. Documents that are no Kubernetes objects are refused by line. */
export function parseManifests(text: string, file: string): Manifests {
  const objects: KubeObject[] = [];
  const sources = new Map<ObjectId, SourceLine>();
  for (const { source, line } of splitDocuments(text)) {
    for (const value of parseDocument(source, file, line)) {
      for (const object of unroll(value, file, line)) {
        objects.push(object);
        sources.set(idOf(object), { file, line });
      }
    }
  }
  return { objects, sources };
}

function splitDocuments(text: string) {
  const documents: { source: string; line: number }[] = [];
  let start = 0;
  const lines = text.split('\n');
  lines.forEach((line, index) => {
    if (!/^---(\s|$)/.test(line)) return;
    documents.push({ source: lines.slice(start, index).join('\n'), line: start + 1 });
    start = index + 1;
  });
  documents.push({ source: lines.slice(start).join('\n'), line: start + 1 });
  return documents;
}

function parseDocument(source: string, file: string, line: number): unknown[] {
  try {
    return loadAll(source, undefined, { filename: file }).filter(
      value => value !== null && value !== undefined,
    );
  } catch (error) {
    throw new InputError(
      `${file}:${line}: ${(error as Error).message.split('\n')[0]}`,
      error as Error,
    );
  }
}

function unroll(value: unknown, file: string, line: number): KubeObject[] {
  const { apiVersion, kind, metadata, items } = (value ?? {}) as Partial<KubeObject> & {
    items?: unknown;
  };
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    return items.flatMap(item => unroll(item, file, line));
  }
  if (
    typeof apiVersion !== 'string' ||
    typeof kind !== 'string' ||
    typeof metadata?.name !== 'string'
  ) {
    throw new InputError(
      `${file}:${line}: not a Kubernetes object: apiVersion, kind and metadata.name are needed`,
    );
  }
  return [value as KubeObject];
}
