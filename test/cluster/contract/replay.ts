import type { ContractCase } from '@waymark/sandbox';
import type { Count } from '../../suites/Count';

/** Runs the cases one after the other on a real part and prints how each of them went. */
export async function replay<Target>(
  part: string,
  cases: readonly ContractCase<Target>[],
  target: Target,
): Promise<Count> {
  let passed = 0;
  for (const { name, run } of cases) {
    try {
      await run(target);
      console.log(`ok    ${part}: ${name}`);
      passed += 1;
    } catch (error) {
      console.log(`FAIL  ${part}: ${name}: ${(error as Error).message}`);
    }
  }
  return { passed, failed: cases.length - passed, skipped: 0 };
}
