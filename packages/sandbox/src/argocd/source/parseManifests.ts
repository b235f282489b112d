import { parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../kubernetes/objects/KubeObject';
import { SourceError } from './SourceError';

/**
 * The objects of a YAML or JSON text, Lists unrolled. YAML 1.1 without dates is what Kubernetes itself reads:
 * `0644` is octal, `yes` is true, a date stays text, the last of two equal keys counts. Documents without apiVersion and kind are none of ours, such as
 * a values file in the same folder.
 */
export function parseManifests(text: string, file: string): KubeObject[] {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    customTags: withoutDates,
    uniqueKeys: false,
  });
  return [...documents].flatMap(document => {
    const [error] = document.errors;
    if (error) throw unreadable(file, error.message.split('\n')[0], error);
    return unroll(document.toJS() ?? undefined, file);
  });
}

const withoutDates = (tags: readonly unknown[]) =>
  tags.filter(tag => (tag as { tag?: string }).tag !== 'tag:yaml.org,2002:timestamp') as never;

function unroll(value: unknown, file: string): KubeObject[] {
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Partial<KubeObject>;
  if (!object.apiVersion && !object.kind) return [];
  if (!object.kind)
    throw unreadable(file, `Object 'Kind' is missing in '${JSON.stringify(value)}'`);
  if (!object.apiVersion) throw unreadable(file, "Object 'apiVersion' is missing");
  if (object.kind.endsWith('List') && Array.isArray(object.items)) {
    return object.items.flatMap(item => unroll(item, file));
  }
  if (!object.metadata?.name && !object.metadata?.generateName) {
    throw unreadable(file, `${object.kind} has no metadata.name`);
  }
  return [object as KubeObject];
}

const unreadable = (file: string, why: string, cause?: unknown): SourceError =>
  new SourceError(`Failed to unmarshal "${file}": ${why}`, cause);
