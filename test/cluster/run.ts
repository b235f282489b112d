import { conclude, readClosingLine, sum, type Count } from '../suites/Count';
import { runTypeScript } from '../suites/runProgram';

interface Program {
  readonly name: string;
  readonly file: string;
  readonly args?: readonly string[];
}

/** Each starts a world of its own, so that one that breaks its world does not break the next. */
const PROGRAMS: readonly Program[] = [
  { name: 'the world keeps its promises', file: 'test/cluster/world/smoke.ts' },
  { name: 'the contract of the sandbox, on the real parts', file: 'test/cluster/contract.ts' },
  { name: 'the story, on the real parts', file: 'test/cluster/story/run.ts' },
  {
    name: 'the walk through the portal in a browser, on the real parts',
    file: 'test/e2e/run.ts',
    args: ['--world'],
  },
];

/** `npm run test:cluster`: real Kubernetes, Argo CD and Gitea, built on demand (about 20 minutes the first time). */
async function main() {
  const counts: Count[] = [];
  for (const { name, file, args } of PROGRAMS) {
    console.log(`\n== ${name}`);
    counts.push(readClosingLine(await runTypeScript(file, args)));
  }
  conclude('test:cluster', sum(counts));
}

main();
