import { join } from 'node:path';
import { createService } from '../cases/createService';
import { deliver } from '../cases/deliver';
import { watchFaults } from '../cases/watchFaults';
import { buildWorld } from '../../cluster/world/build';
import { partsOf } from '../../cluster/world/world';
import type { Walk } from './Walk';
import { WorldFaults } from './WorldFaults';

/** The cases that need no seeded system, on what `npm start -- --world` brings up: real Kubernetes, Argo CD and Gitea. */
export function worldWalk(work: string): Walk {
  const dir = join(work, 'world');
  return {
    about: 'portal, real outside world and browser (1 to 2 min)',
    cases: [createService, watchFaults, deliver],
    args: ['--world'],
    variables: { WAYMARK_WORLD_DIR: dir },
    neighbours: [],
    faults: new WorldFaults(dir),
    prepare: async () => void (await buildWorld(partsOf({ argocd: true, gitea: true }))),
  };
}
