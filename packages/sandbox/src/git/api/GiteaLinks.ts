import type { RepositoryRecord } from '../HostedRepository';

const segments = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

type Named = Pick<RepositoryRecord, 'owner' | 'name'>;

/** Which version of a file a link shows. */
export interface Revision {
  kind: 'branch' | 'tag' | 'commit';
  name: string;
}

/** The addresses that the host gives to its things, as Gitea does. */
export class GiteaLinks {
  constructor(readonly base: string) {}

  owner(name: string): string {
    return `${this.base}/${name}`;
  }

  avatar(name: string): string {
    return `${this.base}/avatars/${encodeURIComponent(name)}`;
  }

  page({ owner, name }: Named): string {
    return `${this.base}/${owner}/${name}`;
  }

  clone(repository: Named): string {
    return `${this.page(repository)}.git`;
  }

  api({ owner, name }: Named): string {
    return `${this.base}/api/v1/repos/${owner}/${name}`;
  }

  commitPage(repository: Named, sha: string): string {
    return `${this.page(repository)}/commit/${sha}`;
  }

  source(repository: Named, { kind, name }: Revision, path: string): string {
    return `${this.page(repository)}/src/${kind}/${segments(name)}/${segments(path)}`;
  }

  raw(repository: Named, { kind, name }: Revision, path: string): string {
    return `${this.page(repository)}/raw/${kind}/${segments(name)}/${segments(path)}`;
  }

  contents(repository: Named, { name }: Revision, path: string): string {
    return `${this.api(repository)}/contents/${segments(path)}?ref=${encodeURIComponent(name)}`;
  }
}
