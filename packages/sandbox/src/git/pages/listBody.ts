import { html, type Html } from '../../http/html';
import type { HostedRepository } from '../HostedRepository';

export function listBody(title: string, repositories: readonly HostedRepository[]): Html {
  const rows = repositories.map(
    ({ record }) =>
      html`<tr>
        <th scope="row">
          <a href="/${record.owner}/${record.name}">${record.owner}/${record.name}</a>
        </th>
        <td>${record.description}</td>
        <td>${record.private ? 'private' : 'public'}</td>
        <td><time datetime="${record.updatedAt}">${record.updatedAt}</time></td>
      </tr>`,
  );
  return html`<nav><a href="/">Git host</a></nav>
    <main>
      <h1>${title}</h1>
      ${rows.length === 0 && html`<p>There are no repositories yet.</p>`}
      ${
        rows.length > 0 &&
        html`<table>
          <thead>
            <tr>
              <th scope="col">Repository</th>
              <th scope="col">Description</th>
              <th scope="col">Visibility</th>
              <th scope="col">Last change</th>
            </tr>
          </thead>
          <tbody>
            ${rows}
          </tbody>
        </table>`
      }
    </main>`;
}
