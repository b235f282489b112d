import { html, type Html } from '../../http/html';
import { type ApplicationStatus, sourcesOf } from '../application/Application';
import type { presentApplication } from '../api/presentApplication';
import type { Health } from '../health/Health';
import { statusText } from './statusText';

type Presented = ReturnType<typeof presentApplication>;

export function applicationBody({ metadata, spec, status }: Presented): Html {
  const {
    sync,
    health,
    conditions = [],
    operationState,
    history = [],
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
      ${resourcesTable(status)}
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
      ${history.length > 0 && historyTable(history)}
    </main>`;
}

function resourcesTable(status: Presented['status']): Html {
  const resources = (status as ApplicationStatus).resources ?? [];
  return html`<table>
    <thead>
      <tr>
        <th scope="col">Kind</th>
        <th scope="col">Name</th>
        <th scope="col">Sync</th>
        <th scope="col">Health</th>
      </tr>
    </thead>
    <tbody>
      ${resources.map(resource => {
        const { health } = resource as { health?: Health };
        return html`<tr>
          <td>${resource.kind}</td>
          <th scope="row">${resource.name}</th>
          <td>${statusText(resource.status)}</td>
          <td>${health && statusText(health.status)} ${health?.message}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

function historyTable(history: NonNullable<ApplicationStatus['history']>): Html {
  return html`<h2>Deployed</h2>
    <table>
      <thead>
        <tr>
          <th scope="col">Id</th>
          <th scope="col">Revision</th>
          <th scope="col">When</th>
          <th scope="col">By</th>
        </tr>
      </thead>
      <tbody>
        ${[...history].reverse().map(
          ({ id, revision, revisions, source, deployedAt, initiatedBy }) =>
            html`<tr>
              <td>${id}</td>
              <td>
                <a href="${webPage(source?.repoURL)}/commit/${revision}"
                  ><code>${(revision ?? revisions?.[0])?.slice(0, 10)}</code></a
                >
              </td>
              <td><time>${deployedAt}</time></td>
              <td>${initiator(initiatedBy)}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

const initiator = (by: { username?: string; automated?: boolean } = {}): string =>
  by.automated ? 'automated sync' : by.username || 'nobody known';

/** Repository addresses come from anyone who may create applications: only web addresses become links. */
const webPage = (url = ''): string => (/^https?:\/\//.test(url) ? url.replace(/\.git$/, '') : '#');
