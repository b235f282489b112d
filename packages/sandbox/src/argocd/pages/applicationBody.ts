import { html, type Html } from '../../http/html';
import { type Column, htmlTable } from '../../http/htmlTable';
import { type ApplicationStatus, sourcesOf } from '../application/Application';
import type { presentApplication } from '../api/presentApplication';
import type { Health } from '../health/Health';
import { statusText } from './statusText';

type Presented = ReturnType<typeof presentApplication>;
type Resource = NonNullable<ApplicationStatus['resources']>[number] & { health?: Health };
type Deployed = NonNullable<ApplicationStatus['history']>[number];

export function applicationBody({ metadata, spec, status }: Presented): Html {
  const {
    sync,
    health,
    conditions = [],
    operationState,
    history = [],
    resources = [],
  } = status as ApplicationStatus;
  return html`<nav aria-label="Breadcrumb"><a href="/applications">Applications</a></nav>
    <main>
      <h1>${metadata.name}</h1>
      <p>
        ${statusText(sync?.status)} and ${statusText(health?.status)} since
        <time>${health?.lastTransitionTime}</time>, namespace ${spec.destination?.namespace}.
      </p>
      ${conditions.map(
        ({ type, message }) =>
          html`<h2 class="bad">${type}</h2>
            <pre>${message}</pre>`,
      )}
      <h2>Source</h2>
      <ul>
        ${sourcesOf(spec).map(
          ({ repoURL, path, targetRevision }) =>
            html`<li>
              <a href="${webPage(repoURL)}">${repoURL}</a>, folder ${path}, revision
              ${targetRevision ?? 'HEAD'}
            </li>`,
        )}
      </ul>
      <h2>Resources</h2>
      ${htmlTable({ columns: resourceColumns, items: resources })}
      ${
        operationState &&
        html`<h2>Last operation</h2>
          <p>
            ${statusText(operationState.phase)}: ${operationState.message}
            <span class="muted"
              >by ${initiator(operationState.operation.initiatedBy)}, started
              ${operationState.startedAt}</span
            >
          </p>`
      }
      ${
        history.length > 0 &&
        html`<h2>Deployed</h2>
          ${htmlTable({ columns: historyColumns, items: [...history].reverse() })}`
      }
    </main>`;
}

const resourceColumns: readonly Column<Resource>[] = [
  { title: 'Kind', cell: ({ kind }) => kind },
  { title: 'Name', heads: true, cell: ({ name }) => name },
  { title: 'Sync', cell: ({ status }) => statusText(status) },
  {
    title: 'Health',
    cell: ({ health }) => health && html`${statusText(health.status)} ${health.message}`,
  },
];

const historyColumns: readonly Column<Deployed>[] = [
  { title: 'Id', cell: ({ id }) => id },
  {
    title: 'Revision',
    cell: ({ revision, revisions, source }) =>
      html`<a href="${webPage(source?.repoURL)}/commit/${revision}"
        ><code>${(revision ?? revisions?.[0])?.slice(0, 10)}</code></a
      >`,
  },
  { title: 'When', cell: ({ deployedAt }) => html`<time>${deployedAt}</time>` },
  { title: 'By', cell: ({ initiatedBy }) => initiator(initiatedBy) },
];

const initiator = (by: { username?: string; automated?: boolean } = {}): string =>
  by.automated ? 'automated sync' : by.username || 'nobody known';

/** Repository addresses come from anyone who may create applications: only web addresses become links. */
const webPage = (url = ''): string => (/^https?:\/\//.test(url) ? url.replace(/\.git$/, '') : '#');
