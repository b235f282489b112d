import type { ChangedFile, Commit } from '../Commit';
import type { RepositoryRecord } from '../HostedRepository';
import type { GiteaLinks } from './GiteaLinks';

const unverified = {
  verified: false,
  reason: 'gpg.error.not_signed_commit',
  signature: '',
  signer: null,
  payload: '',
};

const commitUrl = (repository: RepositoryRecord, sha: string, links: GiteaLinks): string =>
  `${links.api(repository)}/git/commits/${sha}`;

/** `/commits` and `/git/commits/:ref` */
export function commitJson(
  commit: Commit,
  repository: RepositoryRecord,
  links: GiteaLinks,
  files: readonly ChangedFile[] = [],
) {
  const { sha, tree, parents, author, committer, message } = commit;
  const url = commitUrl(repository, sha, links);
  return {
    url,
    sha,
    created: committer.date,
    html_url: links.commitPage(repository, sha),
    commit: {
      url,
      author,
      committer,
      message,
      tree: {
        url: `${links.api(repository)}/git/trees/${tree}`,
        sha: tree,
        created: committer.date,
      },
      verification: unverified,
    },
    author: null,
    committer: null,
    parents: parents.map(parent => ({
      url: commitUrl(repository, parent, links),
      sha: parent,
      created: committer.date,
    })),
    files,
  };
}

/** The commit that a write to `/contents` made. */
export function fileCommitJson(commit: Commit, repository: RepositoryRecord, links: GiteaLinks) {
  const { sha, tree, parents, author, committer, message } = commit;
  const link = (id: string) => ({ url: commitUrl(repository, id, links), sha: id });
  return {
    ...link(sha),
    html_url: links.commitPage(repository, sha),
    author,
    committer,
    parents: parents.map(link),
    message,
    tree: { url: `${links.api(repository)}/git/trees/${tree}`, sha: tree },
  };
}

/** `/branches` */
export function branchJson(
  name: string,
  commit: Commit,
  {
    repository,
    links,
    writer,
  }: { repository: RepositoryRecord; links: GiteaLinks; writer: boolean },
) {
  const person = ({ name: full, email }: Commit['author']) => ({ name: full, email, username: '' });
  return {
    name,
    commit: {
      id: commit.sha,
      message: commit.message,
      url: links.commitPage(repository, commit.sha),
      author: person(commit.author),
      committer: person(commit.committer),
      verification: unverified,
      timestamp: commit.committer.date,
      added: null,
      removed: null,
      modified: null,
    },
    protected: false,
    required_approvals: 0,
    enable_status_check: false,
    status_check_contexts: [],
    user_can_push: writer,
    user_can_merge: writer,
    effective_branch_protection_name: '',
  };
}
