import { html, type Html } from '../../http/html';
import { type Column, htmlTable } from '../../http/htmlTable';
import type { Application } from '../application/Application';
import { statusText } from './statusText';

export function applicationsBody(applications: readonly Application[]): Html {
  const items = [...applications].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  return html`<nav>Argo CD of the sandbox</nav>
    <main>
      <h1>Applications</h1>
      ${htmlTable({ columns, items })}
    </main>`;
}

const columns: readonly Column<Application>[] = [
  {
    title: 'Application',
    heads: true,
    cell: ({ metadata: { namespace, name } }) =>
      html`<a href="/applications/${namespace}/${name}">${name}</a>`,
  },
  { title: 'Sync', cell: ({ status }) => statusText(status?.sync?.status) },
  { title: 'Health', cell: ({ status }) => statusText(status?.health?.status) },
  { title: 'Destination', cell: ({ spec }) => spec.destination?.namespace },
  {
    title: 'Revision',
    cell: ({ status }) => html`<code>${status?.sync?.revision?.slice(0, 10)}</code>`,
  },
];
