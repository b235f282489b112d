import { join } from 'node:path';
// eslint-disable-next-line @backstage/no-relative-monorepo-imports -- the start is a program, not what the package offers
import { buildApp } from '../../../packages/backend/bin/buildApp';
import { cases } from '../cases';
import { SandboxFaults } from './SandboxFaults';
import type { Walk } from './Walk';

/**
 * All cases, on what `npm start` brings up. The sandbox leaves its note in a cache of this run's own, away from that of
 * a person's portal; what is built stays in the one that all share.
 */
export function sandboxWalk(work: string): Walk {
  const cache = join(work, 'cache');
  return {
    about: 'portal, sandbox and browser (20 to 60 s)',
    cases,
    args: ['--sandbox'],
    variables: { WAYMARK_CACHE: cache },
    neighbours: ['cart'],
    faults: new SandboxFaults(cache),
    prepare: buildApp,
  };
}
