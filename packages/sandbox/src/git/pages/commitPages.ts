import { html, type Html } from '../../http/html';
import { type Column, htmlTable } from '../../http/htmlTable';
import type { Commit } from '../Commit';
import type { RepositoryRecord } from '../HostedRepository';
import { breadcrumb, shortSha } from './breadcrumb';

export function commitBody(record: RepositoryRecord, commit: Commit, patch: string): Html {
  const [subject, ...rest] = commit.message.trim().split('\n');
  const base = `/${record.owner}/${record.name}`;
  return html`${breadcrumb(record)}
    <main>
      <h1>${subject}</h1>
      ${rest.length > 0 && html`<pre>${rest.join('\n').trim()}</pre>`}
      <p>
        <code>${commit.sha}</code> by ${commit.author.name}, <time>${commit.author.date}</time>.
        <a href="${base}/src/commit/${commit.sha}/">Files at this commit</a>
      </p>
      <pre tabindex="0">${patch.trimEnd()}</pre>
    </main>`;
}

export function historyBody(
  record: RepositoryRecord,
  branch: string,
  commits: readonly Commit[],
): Html {
  const base = `/${record.owner}/${record.name}`;
  return html`${breadcrumb(record)}
    <main>
      <h1>Commits of ${branch}</h1>
      ${htmlTable({ columns: commitColumns(base), items: commits })}
    </main>`;
}

const commitColumns = (base: string): readonly Column<Commit>[] => [
  {
    title: 'Commit',
    cell: ({ sha }) => html`<a href="${base}/commit/${sha}"><code>${shortSha(sha)}</code></a>`,
  },
  { title: 'Message', cell: ({ message }) => message.split('\n')[0] },
  { title: 'Author', cell: ({ author }) => author.name },
  { title: 'When', cell: ({ author }) => author.date },
];
