import { cli, runProgram } from './runProgram';
import type { Suite } from './Suite';

export const lint: Suite = {
  name: 'lint',
  about: 'ESLint with the layer table (about 20 s)',
  async run() {
    const { code } = await runProgram([
      cli,
      'repo',
      'lint',
      '--format',
      'unix',
      '--max-warnings',
      '0',
    ]);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
  },
};
