import { globSync } from 'node:fs';
import { join } from 'node:path';
import { root, runProgram } from './runProgram';
import type { Suite } from './Suite';

/** Tests of the repository itself and of the outside world's start, on Node's own runner: not all of them can run inside jest. */
export const repository: Suite = {
  name: 'repository',
  about: 'layers, sizes, generated files, documents (about 30 s)',
  async run() {
    const { output, code } = await runProgram([
      '--require',
      join(root, 'node_modules/@backstage/cli-node/config/nodeTransform.cjs'),
      '--test',
      '--test-reporter=tap',
      ...globSync('test/{repo,cluster/world}/*.test.ts', { cwd: root }),
    ]);
    const count = (name: string) =>
      Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(output)?.[1] ?? 0);
    const failed = count('fail') + count('cancelled');
    return {
      passed: count('pass'),
      failed: failed || (code === 0 ? 0 : 1),
      skipped: count('skipped'),
    };
  },
};
