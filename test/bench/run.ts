import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { benches } from './benches';
import type { BenchResult } from './Bench';

/** `npm run bench -- <name> [--json]`; without a name, what there is. */
async function main() {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const bench = benches.find(({ name }) => name === positionals[0]);
  if (!bench) {
    if (positionals.length) console.error(`no bench ${positionals[0]}`);
    console.log(benches.map(({ name, about }) => `${name.padEnd(14)} ${about}`).join('\n'));
    process.exitCode = positionals.length ? 1 : 0;
    return;
  }
  if (!values.json) console.log(`${bench.name}: ${bench.about}`);
  const result = await bench.run();
  const machine = {
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
  if (values.json)
    console.log(
      JSON.stringify(
        { bench: bench.name, at: new Date().toISOString(), machine, ...result },
        null,
        2,
      ),
    );
  else print(result);
}

function print({ measures, conditions }: BenchResult) {
  for (const { what, unit, ours, theirs, target } of measures) {
    const peer = theirs ? `, ${theirs.name} ${format(theirs.value)}` : '';
    const verdict = target ? ` (target ${target.text}: ${target.met ? 'met' : 'missed'})` : '';
    console.log(`${what}: ${format(ours)} ${unit}${peer}${verdict}`);
  }
  console.log(
    Object.entries(conditions)
      .map(([name, value]) => `${name}: ${value}`)
      .join(' · '),
  );
}

const format = (value: number) =>
  value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : 0 });

main().catch(error => {
  console.error(error);
  process.exitCode = 1;
});
