import { html, type Html } from '../../http/html';
import { type Column, htmlTable } from '../../http/htmlTable';
import type { HostedRepository } from '../HostedRepository';

export function listBody(title: string, items: readonly HostedRepository[]): Html {
  return html`<nav><a href="/">Git host</a></nav>
    <main>
      <h1>${title}</h1>
      ${
        items.length === 0
          ? html`<p>There are no repositories yet.</p>`
          : htmlTable({ columns, items })
      }
    </main>`;
}

const columns: readonly Column<HostedRepository>[] = [
  {
    title: 'Repository',
    heads: true,
    cell: ({ record: { owner, name } }) => html`<a href="/${owner}/${name}">${owner}/${name}</a>`,
  },
  { title: 'Description', cell: ({ record }) => record.description },
  { title: 'Visibility', cell: ({ record }) => (record.private ? 'private' : 'public') },
  {
    title: 'Last change',
    cell: ({ record: { updatedAt } }) => html`<time datetime="${updatedAt}">${updatedAt}</time>`,
  },
];
