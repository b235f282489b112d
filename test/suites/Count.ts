import type { Ended } from './runProgram';

/** Test cases of a suite, or of all of them. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const sum = (counts: readonly Count[]): Count => ({
  passed: counts.reduce((total, { passed }) => total + passed, 0),
  failed: counts.reduce((total, { failed }) => total + failed, 0),
  skipped: counts.reduce((total, { skipped }) => total + skipped, 0),
});

/** A suite in which nothing ran, or whose program ended badly without saying why, has a failure more. */
export function judged(count: Count, code = 0): Count {
  const { passed, failed, skipped } = count;
  const proven = passed + failed + skipped > 0 && (code === 0 || failed > 0);
  return proven ? count : { ...count, failed: failed + 1 };
}

/** The last line of every test program of this repository. */
export const closingLine = ({ passed, failed, skipped }: Count) =>
  `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;

/** What a program that was run to its end has counted. */
export function readClosingLine({ output, code }: Ended): Count {
  const lines = [
    ...output.matchAll(/^(?:[\w:]+: )?(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/gm),
  ];
  const [, passed = 0, failed = 0, skipped = 0] = lines.at(-1) ?? [];
  return judged({ passed: Number(passed), failed: Number(failed), skipped: Number(skipped) }, code);
}

/**
 * The end of a program that `.ci/run` calls. The name of its script stands before the numbers, which is how the sum of all is
 * told from that of a part, should the program die in between.
 */
export function conclude(script: 'test' | 'test:e2e' | 'test:cluster', count: Count) {
  const total = judged(count);
  console.log(`\n${script}: ${closingLine(total)}`);
  process.exitCode = total.failed ? 1 : 0;
}
