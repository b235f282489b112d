import { cp } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { LocalStep } from './LocalStep';

/** `fetch:plain`: copies a folder of the template as it is. */
export const fetchPlain: LocalStep = async ({ template, workspace, input }) =>
  copy(template.dir, String(input.url), workspace, input.targetPath);

/** `waymark:fetch:shared`: copies a folder that templates share, a sibling of the template's own. */
export const fetchShared: LocalStep = async ({ template, workspace, input }) =>
  copy(dirname(template.dir), String(input.name), workspace, input.targetPath);

async function copy(from: string, source: string, workspace: string, targetPath: unknown = './') {
  await cp(
    resolveSafeChildPath(from, source),
    resolveSafeChildPath(workspace, String(targetPath)),
    { recursive: true },
  );
}
