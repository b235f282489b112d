import { html, type Html } from '../../http/html';
import type { Revision } from '../api/GiteaLinks';
import type { RepositoryRecord } from '../HostedRepository';

export const shortSha = (sha: string): string => sha.slice(0, 10);

/** Where a page of a repository is, each step as a link. */
export function breadcrumb(
  { owner, name }: RepositoryRecord,
  revision?: Revision,
  path: string = '',
): Html {
  const parts = path.split('/').filter(Boolean);
  const steps = parts.map((part, index) => {
    const to = parts.slice(0, index + 1).join('/');
    return html` /
      <a href="/${owner}/${name}/src/${revision?.kind}/${revision?.name}/${to}">${part}</a>`;
  });
  return html`<nav aria-label="Breadcrumb">
    <a href="/">Git host</a> / <a href="/${owner}">${owner}</a> /
    <a href="/${owner}/${name}">${name}</a>${steps}
  </nav>`;
}
