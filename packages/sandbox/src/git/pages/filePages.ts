import { html, type Html } from '../../http/html';
import type { Revision } from '../api/GiteaLinks';
import type { Commit } from '../Commit';
import type { RepositoryRecord } from '../HostedRepository';
import type { TreeEntry } from '../TreeEntry';
import { breadcrumb, shortSha } from './breadcrumb';

export interface SourceView {
  record: RepositoryRecord;
  revision: Revision;
  path: string;
  cloneUrl: string;
}

export function folderBody(
  view: SourceView & { entries: readonly TreeEntry[]; last: Commit; readme?: string },
): Html {
  const { record, revision, path, entries, last, readme, cloneUrl } = view;
  const base = `/${record.owner}/${record.name}`;
  const sorted = [...entries].sort(
    (a, b) => Number(b.type === 'dir') - Number(a.type === 'dir') || a.name.localeCompare(b.name),
  );
  return html`${breadcrumb(record, revision, path)}
    <main>
      <h1>${path || record.name}</h1>
      ${!path && record.description && html`<p>${record.description}</p>`}
      <p>
        Last commit
        <a href="${base}/commit/${last.sha}"><code>${shortSha(last.sha)}</code></a>
        ${last.message.split('\n')[0]}
        <span class="muted">${last.author.name}, ${last.author.date}</span>.
        <a href="${base}/commits/branch/${revision.name}">All commits</a>
      </p>
      <table>
        <caption>
          Files of ${revision.kind} ${revision.name}
        </caption>
        <tbody>
          ${sorted.map(
            entry =>
              html`<tr>
                <td>
                  <a href="${base}/src/${revision.kind}/${revision.name}/${entry.path}"
                    >${entry.name}${entry.type === 'dir' && '/'}</a
                  >
                </td>
                <td class="muted">${entry.type === 'file' ? `${entry.size} bytes` : entry.type}</td>
              </tr>`,
          )}
        </tbody>
      </table>
      ${
        readme &&
        html`<h2>Read me</h2>
          <pre>${readme}</pre>`
      }
      ${
        !path &&
        html`<h2>Clone</h2>
          <pre>git clone ${cloneUrl}</pre>`
      }
    </main>`;
}

export function fileBody({ record, revision, path }: SourceView, content: Buffer): Html {
  const binary = content.subarray(0, 8000).includes(0);
  const raw = `/${record.owner}/${record.name}/raw/${revision.kind}/${revision.name}/${path}`;
  return html`${breadcrumb(record, revision, path)}
    <main>
      <h1>${path}</h1>
      <p><a href="${raw}">Raw file</a>, ${content.length} bytes</p>
      ${
        binary
          ? html`<p>This file is not text.</p>`
          : html`<pre tabindex="0">${content.toString()}</pre>`
      }
    </main>`;
}

export function emptyBody(record: RepositoryRecord, cloneUrl: string): Html {
  return html`<nav><a href="/">Git host</a> / <a href="/${record.owner}">${record.owner}</a></nav>
    <main>
      <h1>${record.name}</h1>
      <p>Nobody has pushed anything to this repository yet.</p>
      <pre>
git remote add origin ${cloneUrl}
git push origin ${record.defaultBranch}</pre>
    </main>`;
}
