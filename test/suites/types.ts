import { join } from 'node:path';
import { root, runProgram } from './runProgram';
import type { Suite } from './Suite';

export const types: Suite = {
  name: 'types',
  about: 'TypeScript over everything (about 40 s)',
  async run() {
    const { code } = await runProgram([
      join(root, 'node_modules/typescript/bin/tsc'),
      '--noEmit',
      '--incremental',
      'false',
    ]);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  },
};
