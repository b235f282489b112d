import { html, type Html } from '../http/html';
import { htmlTable } from '../http/htmlTable';
import type { FaultKind } from './Faults';
import type {
  ApplicationSummary,
  RepositorySummary,
  SandboxStatus,
  WorkloadStatus,
} from './sandboxStatus';

/** Cells with `data-field` are kept up to date by assets/control.js. */
export function controlBody({
  workloads,
  faults,
  applications,
  repositories,
}: SandboxStatus): Html {
  return html`<main>
    <h1>Waymark sandbox</h1>
    <p>
      A cluster, an Argo CD and a Git host, played on this machine for a first look. Break
      something, and see what the portal says about it.
    </p>
    <noscript><p>Breaking and mending from this page needs JavaScript.</p></noscript>
    <p id="message" role="status"></p>
    ${workloadTable(workloads, faults)} ${faultList(faults)} ${applicationTable(applications)}
    ${repositoryTable(repositories)}
  </main>`;
}

const idOf = ({ namespace, name }: WorkloadStatus): string => `${namespace}/${name}`;

const workloadTable = (workloads: readonly WorkloadStatus[], faults: readonly FaultKind[]): Html =>
  html`<h2 id="workloads">Workloads</h2>
    ${htmlTable({
      labelledBy: 'workloads',
      items: workloads,
      rowOf: workload => `workload:${idOf(workload)}`,
      columns: [
        {
          title: 'Workload',
          heads: true,
          cell: ({ name, kind, namespace }) =>
            html`${name} <span class="muted">${kind} in ${namespace}</span>`,
        },
        { title: 'Ready', field: 'ready', cell: ({ ready, wanted }) => `${ready} of ${wanted}` },
        { title: 'Fault', field: 'fault', cell: ({ fault }) => fault ?? 'none' },
        { title: 'Change it', cell: workload => changeForm(workload, faults) },
      ],
    })}`;

const changeForm = (workload: WorkloadStatus, faults: readonly FaultKind[]): Html =>
  html`<form class="inline" data-workload="${idOf(workload)}">
    <select name="fault" aria-label="Fault for ${workload.name}">
      ${faults.map(({ name }) => html`<option>${name}</option>`)}
    </select>
    <button name="action" value="break" aria-label="Break ${workload.name}">Break</button>
    <button name="action" value="mend" aria-label="Mend ${workload.name}">Mend</button>
  </form>`;

function faultList(faults: readonly FaultKind[]): Html {
  return html`<details>
    <summary>What the faults do</summary>
    <dl>
      ${faults.map(
        ({ name, description }) =>
          html`<dt><code>${name}</code></dt>
            <dd>${description}</dd>`,
      )}
    </dl>
  </details>`;
}

const applicationTable = (applications: readonly ApplicationSummary[]): Html =>
  html`<h2 id="applications">Argo CD applications</h2>
    ${htmlTable({
      labelledBy: 'applications',
      items: applications,
      rowOf: ({ name }) => `application:${name}`,
      columns: [
        { title: 'Application', heads: true, cell: linkOf },
        { title: 'Sync', field: 'sync', cell: ({ sync }) => sync },
        { title: 'Health', field: 'health', cell: ({ health }) => health },
        { title: 'Revision', field: 'revision', cell: ({ revision }) => revision },
      ],
    })}`;

const repositoryTable = (repositories: readonly RepositorySummary[]): Html =>
  html`<h2 id="repositories">Repositories</h2>
    ${htmlTable({
      labelledBy: 'repositories',
      items: repositories,
      rowOf: ({ name }) => `repository:${name}`,
      columns: [
        { title: 'Repository', heads: true, cell: linkOf },
        { title: 'Last change', field: 'updatedAt', cell: ({ updatedAt }) => updatedAt },
      ],
    })}`;

const linkOf = ({ name, url }: { name: string; url: string }): Html =>
  html`<a href="${url}">${name}</a>`;
