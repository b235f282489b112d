import type { Commit } from '../Commit';
import type { HostedRepository } from '../HostedRepository';
import type { TreeEntry } from '../TreeEntry';
import type { GiteaLinks, Revision } from './GiteaLinks';

export interface ContentsOptions {
  links: GiteaLinks;
  revision: Revision;
  /** The last commit that touched the entry. */
  last: Commit;
  /** Only a single file carries its content; a listing has null. */
  content?: Buffer;
}

/** One entry of `/contents`. */
export function contentsJson(
  { record }: HostedRepository,
  entry: TreeEntry,
  { links, revision, last, content }: ContentsOptions,
) {
  const { name, path, sha, type, size } = entry;
  const url = links.contents(record, revision, path);
  const htmlUrl = links.source(record, revision, path);
  const gitUrl = `${links.api(record)}/git/${type === 'dir' ? 'trees' : 'blobs'}/${sha}`;
  return {
    name,
    path,
    sha,
    last_commit_sha: last.sha,
    last_committer_date: last.committer.date,
    last_author_date: last.author.date,
    type,
    size,
    encoding: content ? 'base64' : null,
    content: content ? content.toString('base64') : null,
    target: null,
    url,
    html_url: htmlUrl,
    git_url: gitUrl,
    download_url: type === 'file' ? links.raw(record, revision, path) : null,
    submodule_git_url: null,
    _links: { self: url, git: gitUrl, html: htmlUrl },
  };
}
