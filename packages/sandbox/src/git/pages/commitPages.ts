import { html, type Html } from '../../http/html';
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
      <table>
        <thead>
          <tr>
            <th scope="col">Commit</th>
            <th scope="col">Message</th>
            <th scope="col">Author</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          ${commits.map(
            ({ sha, message, author }) =>
              html`<tr>
                <td>
                  <a href="${base}/commit/${sha}"><code>${shortSha(sha)}</code></a>
                </td>
                <td>${message.split('\n')[0]}</td>
                <td>${author.name}</td>
                <td>${author.date}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </main>`;
}
