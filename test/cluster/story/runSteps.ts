import type { Count } from '../../suites/Count';
import type { Scene } from './Scene';
import { Skipped, type Step } from './Step';

/** Runs the steps one after the other, and says of each what became of it and how long it took. */
export async function runSteps(steps: readonly Step[], scene: Scene): Promise<Count> {
  const passed = new Set<string>();
  const skipped = new Set<string>();
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const step of steps) {
    const missing = step.needs?.find(name => !passed.has(name));
    const started = Date.now();
    try {
      if (missing) throw new (skipped.has(missing) ? Skipped : Error)(`needs "${missing}"`);
      const note = await step.run(scene);
      count.passed++;
      passed.add(step.name);
      console.log(`ok    ${step.name}${note ? ` · ${note}` : ''} (${secondsSince(started)} s)`);
    } catch (error) {
      const { message } = error as Error;
      if (error instanceof Skipped) {
        count.skipped++;
        skipped.add(step.name);
        console.log(`skip  ${step.name}: ${message}`);
      } else {
        count.failed++;
        console.log(`FAIL  ${step.name} (${secondsSince(started)} s): ${message}`);
      }
    }
  }
  return count;
}

const secondsSince = (started: number) => ((Date.now() - started) / 1000).toFixed(1);
