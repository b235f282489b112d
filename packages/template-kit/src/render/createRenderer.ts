import { parseEntityRef } from '@backstage/catalog-model';
import { createTemplateRenderer } from 'nunjitsu';

/** Both the names and the results of the scaffolder's own filters; templates may use no others. */
const filters = {
  parseRepoUrl: (url: unknown) => parseRepoUrl(String(url)),
  parseEntityRef: (ref: unknown, context?: unknown) =>
    ({
      ...parseEntityRef(ref as string, context as Parameters<typeof parseEntityRef>[1]),
    }) as Record<string, string>,
  pick: (value: unknown, key: unknown) => (value as Record<string, unknown>)[String(key)],
  projectSlug: (url: unknown) => {
    const { owner, repo } = parseRepoUrl(String(url));
    return `${owner}/${repo}`;
  },
};

/** The scaffolder's own template engine with the scaffolder's own settings, so that both write the same bytes. */
export const createRenderer = () =>
  createTemplateRenderer({ filters: filters as never, allowRegexExecution: true });

export type Renderer = ReturnType<typeof createRenderer>;

/** `host?owner=…&repo=…`, the value of the RepoUrlPicker. */
export function parseRepoUrl(repoUrl: string) {
  const url = new URL(repoUrl.includes('://') ? repoUrl : `https://${repoUrl}`);
  return {
    host: url.host,
    ...Object.fromEntries(url.searchParams),
  } as { host: string; owner?: string; repo?: string };
}
