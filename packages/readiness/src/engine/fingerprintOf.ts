import type { KubeObject } from '@waymark/kube-graph';
import type { Failure } from './Rule';

/**
 * Names a defect so that it is recognised in the next run: list positions on the path give way to the `name` of what
 * lies there, so that a container added in front does not make every finding a new one.
 */
export function fingerprintOf(
  rule: string,
  { code, path, key }: Pick<Failure, 'code' | 'path' | 'key'>,
  subject: KubeObject,
): string {
  const {
    kind,
    metadata: { namespace = '', name },
  } = subject;
  const defect = `${rule}|${code}|${kind}|${namespace}|${name}|${namedPath(path, subject)}`;
  return key === undefined ? defect : `${defect}|${key}`;
}

function namedPath(path: string, subject: unknown): string {
  if (!/\/\d/.test(path)) return path;
  let value = subject;
  return path
    .split('/')
    .map((segment, index) => {
      if (index === 0) return segment;
      value = (value as Record<string, unknown> | undefined)?.[
        segment.replace(/~1/g, '/').replace(/~0/g, '~')
      ];
      const name = (value as { name?: unknown } | undefined)?.name;
      return /^\d+$/.test(segment) && typeof name === 'string' ? name : segment;
    })
    .join('/');
}
