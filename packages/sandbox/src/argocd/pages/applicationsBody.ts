import { html, type Html } from '../../http/html';
import type { Application } from '../application/Application';
import { statusText } from './statusText';

export function applicationsBody(applications: readonly Application[]): Html {
  const sorted = [...applications].sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  return html`<nav>Argo CD of the sandbox</nav>
    <main>
      <h1>Applications</h1>
      <table>
        <thead>
          <tr>
            <th scope="col">Application</th>
            <th scope="col">Sync</th>
            <th scope="col">Health</th>
            <th scope="col">Destination</th>
            <th scope="col">Revision</th>
          </tr>
        </thead>
        <tbody>
          ${sorted.map(
            ({ metadata, spec, status }) =>
              html`<tr>
                <th scope="row">
                  <a href="/applications/${metadata.namespace}/${metadata.name}"
                    >${metadata.name}</a
                  >
                </th>
                <td>${statusText(status?.sync?.status)}</td>
                <td>${statusText(status?.health?.status)}</td>
                <td>${spec.destination?.namespace}</td>
                <td><code>${status?.sync?.revision?.slice(0, 10)}</code></td>
              </tr>`,
          )}
        </tbody>
      </table>
    </main>`;
}
