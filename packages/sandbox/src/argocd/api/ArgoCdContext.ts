import type { Request } from 'express';
import type { KubernetesCluster } from '../../kubernetes/KubernetesCluster';
import { type Application, ARGOCD_NAMESPACE } from '../application/Application';
import type { ApplicationController } from '../controller/ApplicationController';
import type { ManifestSource } from '../source/ManifestSource';
import { text } from './ApplicationQuery';
import { ApiRefusal, permissionDenied } from './ApiRefusal';
import { presentApplication } from './presentApplication';
import type { Sessions } from './Sessions';

/** What the handlers of the API share. */
export class ArgoCdContext {
  constructor(
    readonly cluster: KubernetesCluster,
    readonly controller: ApplicationController,
    readonly source: ManifestSource,
    readonly sessions: Sessions,
  ) {}

  accountOf(request: Request): string {
    return this.sessions.accountOf(request.get('authorization'));
  }

  /**
   * The named application. Without its project in the query or the body a missing one is denied, so that nobody
   * learns from the answer what exists (server/application/application.go, getAppEnforceRBAC).
   */
  application(request: Request): Application {
    const { name } = request.params;
    const body = (request.body ?? {}) as Record<string, unknown>;
    const project = text(request.query.project) ?? text(body.project);
    const namespace = text(request.query.appNamespace) ?? text(body.appNamespace);
    const found =
      !namespace || namespace === ARGOCD_NAMESPACE ? this.controller.get(name) : undefined;
    if (found && (!project || found.spec.project === project)) return found;
    if (!project) throw permissionDenied();
    throw new ApiRefusal('NotFound', `applications.argoproj.io "${name}" not found`);
  }

  present(application: Application) {
    return presentApplication(this.cluster, application);
  }
}
