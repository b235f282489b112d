import { ConflictError } from '@backstage/errors';
import type { ArgoCdApplication } from './ArgoCdApplication';

export interface Deployment {
  readonly name: string;
  readonly project: string;
  /** What is cloned, with or without `.git`. */
  readonly repoUrl: string;
}

/** An application of this name may be there already, if it deploys the same repository in the same project. */
export function refuseOther({ spec }: ArgoCdApplication, { name, project, repoUrl }: Deployment) {
  const deployed = spec.source?.repoURL ?? 'several sources';
  if (plain(deployed) !== plain(repoUrl))
    throw new ConflictError(
      `name: Argo CD has an application ${name} that deploys ${deployed}: choose another name`,
    );
  if (spec.project !== project)
    throw new ConflictError(
      `project: Argo CD has the application ${name} in project ${spec.project}, not ${project}: choose that one, or delete the application`,
    );
}

const plain = (url: string) => url.replace(/(\.git)?\/?$/, '').toLowerCase();
