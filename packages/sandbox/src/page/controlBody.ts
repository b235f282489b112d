import { html, type Html } from '../http/html';
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

function workloadTable(workloads: readonly WorkloadStatus[], faults: readonly FaultKind[]): Html {
  return html`<h2 id="workloads">Workloads</h2>
    <table aria-labelledby="workloads">
      <thead>
        <tr>
          <th scope="col">Workload</th>
          <th scope="col">Ready</th>
          <th scope="col">Fault</th>
          <th scope="col">Change it</th>
        </tr>
      </thead>
      <tbody>
        ${workloads.map(workload => workloadRow(workload, faults))}
      </tbody>
    </table>`;
}

function workloadRow(workload: WorkloadStatus, faults: readonly FaultKind[]): Html {
  const { namespace, name, kind, ready, wanted, fault } = workload;
  const id = `${namespace}/${name}`;
  return html`<tr data-row="workload:${id}">
    <th scope="row">${name} <span class="muted">${kind} in ${namespace}</span></th>
    <td data-field="ready">${ready} of ${wanted}</td>
    <td data-field="fault">${fault ?? 'none'}</td>
    <td>
      <form class="inline" data-workload="${id}">
        <select name="fault" aria-label="Fault for ${name}">
          ${faults.map(({ name: option }) => html`<option>${option}</option>`)}
        </select>
        <button name="action" value="break" aria-label="Break ${name}">Break</button>
        <button name="action" value="mend" aria-label="Mend ${name}">Mend</button>
      </form>
    </td>
  </tr>`;
}

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

function applicationTable(applications: readonly ApplicationSummary[]): Html {
  return html`<h2 id="applications">Argo CD applications</h2>
    <table aria-labelledby="applications">
      <thead>
        <tr>
          <th scope="col">Application</th>
          <th scope="col">Sync</th>
          <th scope="col">Health</th>
          <th scope="col">Revision</th>
        </tr>
      </thead>
      <tbody>
        ${applications.map(
          ({ name, sync, health, revision, url }) =>
            html`<tr data-row="application:${name}">
              <th scope="row"><a href="${url}">${name}</a></th>
              <td data-field="sync">${sync}</td>
              <td data-field="health">${health}</td>
              <td data-field="revision">${revision}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}

function repositoryTable(repositories: readonly RepositorySummary[]): Html {
  return html`<h2 id="repositories">Repositories</h2>
    <table aria-labelledby="repositories">
      <thead>
        <tr>
          <th scope="col">Repository</th>
          <th scope="col">Last change</th>
        </tr>
      </thead>
      <tbody>
        ${repositories.map(
          ({ name, url, updatedAt }) =>
            html`<tr data-row="repository:${name}">
              <th scope="row"><a href="${url}">${name}</a></th>
              <td data-field="updatedAt">${updatedAt}</td>
            </tr>`,
        )}
      </tbody>
    </table>`;
}
