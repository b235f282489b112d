import { closingLine, conclude, judged, sum, type Count } from './suites/Count';
import { jest } from './suites/jest';
import { lint } from './suites/lint';
import { repository } from './suites/repository';
import { templates } from './suites/templates';
import { types } from './suites/types';

const SUITES = [types, lint, repository, jest, templates];

/** `npm test`, or `npm test -- jest templates` for some of it. */
async function main(names: readonly string[]) {
  const unknown = names.find(name => !SUITES.some(suite => suite.name === name));
  if (unknown)
    throw new Error(`no suite ${unknown}; there are ${SUITES.map(({ name }) => name).join(', ')}`);
  const counts: Count[] = [];
  for (const suite of SUITES.filter(({ name }) => !names.length || names.includes(name))) {
    console.log(`\n== ${suite.name}: ${suite.about}`);
    const started = Date.now();
    const count = judged(await suite.run());
    counts.push(count);
    console.log(
      `== ${suite.name}: ${closingLine(count)} (${Math.round((Date.now() - started) / 1000)} s)`,
    );
  }
  conclude('test', sum(counts));
}

main(process.argv.slice(2)).catch(error => {
  console.error(`waymark: ${error.message}`);
  process.exitCode = 1;
});
