import type { HostedRepository } from '../HostedRepository';
import type { GiteaLinks } from './GiteaLinks';
import { userJson } from './ownerJson';

/** What Backstage and other clients read of a repository; Gitea's settings for issues, merges and wikis are left out. */
export async function repositoryJson(
  { record, git }: HostedRepository,
  { links, ownerId, writer }: { links: GiteaLinks; ownerId: number; writer: boolean },
) {
  const branches = await git.branches();
  return {
    id: record.id,
    owner: userJson({ id: ownerId, name: record.owner }, links),
    name: record.name,
    full_name: `${record.owner}/${record.name}`,
    description: record.description,
    empty: branches.length === 0,
    private: record.private,
    fork: false,
    template: false,
    mirror: false,
    html_url: links.page(record),
    url: links.api(record),
    clone_url: links.clone(record),
    original_url: '',
    website: '',
    branch_count: branches.length,
    default_branch: record.defaultBranch,
    archived: false,
    created_at: record.createdAt,
    updated_at: record.updatedAt,
    permissions: { admin: writer, push: writer, pull: true },
    has_code: true,
    object_format_name: 'sha1',
    internal: false,
    topics: [],
  };
}
