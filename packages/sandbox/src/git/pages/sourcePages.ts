import type { Request, Response } from 'express';
import { sendPage } from '../../http/htmlDocument';
import { GiteaError } from '../api/GiteaError';
import type { GiteaLinks, Revision } from '../api/GiteaLinks';
import { filePath } from '../filePath';
import type { HostedRepository } from '../HostedRepository';
import { emptyBody, fileBody, folderBody } from './filePages';

/** A file or folder of a repository at one revision. */
export interface SourcePlace {
  repository: HostedRepository;
  revision: Revision;
  path: string;
}

export async function sendSource(
  response: Response,
  links: GiteaLinks,
  { repository, revision, path }: SourcePlace,
): Promise<void> {
  const { git, record } = repository;
  const title = path ? `${path} - ${record.name}` : `${record.owner}/${record.name}`;
  const cloneUrl = links.clone(record);
  if ((await git.branches()).length === 0) {
    sendPage(response, { title, body: emptyBody(record, cloneUrl) });
    return;
  }
  const { commit, entry } = await entryAt({ repository, revision, path });
  const view = { record, revision, path, cloneUrl };
  if (entry.type !== 'dir') {
    sendPage(response, { title, body: fileBody(view, await git.blob(entry.sha)) });
    return;
  }
  const entries = (await git.entries(commit, path)) ?? [];
  const file = entries.find(({ name }) => /^readme(\.md|\.txt)?$/i.test(name));
  const readme = file && (await git.blob(file.sha)).toString();
  const [last] = await git.log(commit, { limit: 1 });
  sendPage(response, { title, body: folderBody({ ...view, entries, last, readme }) });
}

export async function sendRaw(response: Response, place: SourcePlace): Promise<void> {
  const { entry } = await entryAt(place);
  if (entry.type !== 'file') throw missing();
  response.set('X-Content-Type-Options', 'nosniff').type('text/plain');
  response.send(await place.repository.git.blob(entry.sha));
}

/**
 * Where an address like `branch/feature/x/src/a.ts` points: a branch's name may have slashes too, so the longest one
 * that exists wins.
 */
export async function placeOf(
  repository: HostedRepository,
  request: Request,
): Promise<SourcePlace> {
  const { kind, 0: rest } = request.params as { kind: Revision['kind']; 0: string };
  const parts = rest.split('/').filter(Boolean);
  const branches =
    kind === 'branch' ? (await repository.git.branches()).map(({ name }) => name) : [];
  const lengths = parts.map((_, index) => parts.length - index);
  const length = lengths.find(count => branches.includes(parts.slice(0, count).join('/'))) ?? 1;
  const path = filePath(parts.slice(length).join('/'));
  if (path === undefined) throw missing();
  return { repository, revision: { kind, name: parts.slice(0, length).join('/') }, path };
}

async function entryAt({ repository: { git }, revision, path }: SourcePlace) {
  const commit = await git.resolve(revision.name);
  const entry = commit ? await git.entry(commit, path) : undefined;
  if (!commit || !entry) throw missing();
  return { commit, entry };
}

const missing = () => new GiteaError(404, 'Not found.');
