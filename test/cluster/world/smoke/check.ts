import { World } from '../world';

/** One promise of the world. It throws when the promise is not kept. */
export interface Check {
  name: string;
  run(world: World): Promise<void>;
}

export interface Tally {
  passed: number;
  failed: number;
}

/** Runs the checks one after the other and says how long each took. */
export async function runChecks(checks: Check[], world: World, tally: Tally): Promise<void> {
  for (const { name, run } of checks) {
    const started = Date.now();
    try {
      await run(world);
      tally.passed++;
      console.log(`ok    ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
    } catch (error) {
      tally.failed++;
      console.log(`FAIL  ${name}: ${(error as Error).message}`);
    }
  }
}
