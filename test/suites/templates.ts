import { readClosingLine } from './Count';
import { runTypeScript } from './runProgram';
import type { Suite } from './Suite';

export const templates: Suite = {
  name: 'templates',
  about: 'every case rendered and judged, two services built and run, one drained (3 to 6 min)',
  run: async () => readClosingLine(await runTypeScript('test/templates/run.ts')),
};
