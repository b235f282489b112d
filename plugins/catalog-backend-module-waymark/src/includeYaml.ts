import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { type PlaceholderResolver, processingResult } from '@backstage/plugin-catalog-node';
import { load } from 'js-yaml';

/** Reads what `$yaml: ../_parameters/service.yaml` names, beside the file on disk or behind its URL. */
export const includeYaml: PlaceholderResolver = async ({
  key,
  value,
  baseUrl,
  read,
  resolveUrl,
  emit,
}) => {
  if (typeof value !== 'string')
    throw new InputError(`$${key} takes the path of a file, not ${JSON.stringify(value)}`);
  const { text, url } = baseUrl.includes('://')
    ? await behindUrl(resolveUrl(value, baseUrl), baseUrl, read)
    : await onDisk(value, baseUrl);
  if (url) emit(processingResult.refresh(`url:${url}`));
  try {
    return load(text) as Awaited<ReturnType<PlaceholderResolver>>;
  } catch (error) {
    throw new InputError(`$${key}: ${value} is not YAML`, error as Error);
  }
};

/** Only the host that the template itself came from: it may not make the portal read elsewhere with its credentials. */
async function behindUrl(url: string, baseUrl: string, read: (url: string) => Promise<Buffer>) {
  if (new URL(url).origin !== new URL(baseUrl).origin)
    throw new InputError(`${url} is not at the host of ${baseUrl}`);
  return { text: (await read(url)).toString('utf8'), url };
}

/** Only the folder of the template and those beside it. */
async function onDisk(value: string, file: string) {
  const path = resolveSafeChildPath(dirname(dirname(file)), join(basename(dirname(file)), value));
  return { text: await readFile(path, 'utf8'), url: undefined };
}
