import type { World } from '../world/world';
import type { Portal } from './portal/Portal';

/** What the steps play on. A step that needs what did not start fails with that reason. */
export class Scene {
  /** Holds everything of this run. */
  readonly dir: string;
  /** The generated service, installed and built. */
  readonly service: string;
  #world?: World;
  #portal?: Portal;

  constructor({ dir, service }: { dir: string; service: string }) {
    this.dir = dir;
    this.service = service;
  }

  get world(): World {
    return present(this.#world, 'the world is not up');
  }

  set world(world: World) {
    this.#world = world;
  }

  get portal(): Portal {
    return present(this.#portal, 'the portal is not up');
  }

  set portal(portal: Portal) {
    this.#portal = portal;
  }

  get gitea() {
    return present(this.world.gitea, 'the world has no Gitea');
  }

  get argocd() {
    return present(this.world.argocd, 'the world has no Argo CD');
  }

  async stop(): Promise<void> {
    await this.#portal?.stop();
    await this.#world?.stop();
  }
}

function present<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new Error(otherwise);
  return value;
}
