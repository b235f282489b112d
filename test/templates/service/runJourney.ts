import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Skipped } from '../Tally';
import { goTool } from '../tools/goTool';

/** The generated journey under the real k6; its exit code says whether the thresholds held (99: they did not). */
export async function runJourney(
  folder: string,
  baseUrl: string,
): Promise<{ code: number; requests: number }> {
  const k6 = await goTool('k6');
  if (!k6) throw new Skipped('no Go to build k6 with');
  const args = [
    'run',
    '--quiet',
    '--no-usage-report',
    '-e',
    `BASE_URL=${baseUrl}`,
    '-e',
    'VUS=5',
    '-e',
    'DURATION=5s',
    'load/journey.js',
  ];
  const child = spawn(k6, args, { cwd: folder });
  const parts: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', part => parts.push(part));
  const [code] = (await once(child, 'exit')) as [number];
  const output = Buffer.concat(parts).toString('utf8');
  if (code !== 0 && code !== 99) throw new Error(`k6 ended with ${code}: ${output}`);
  return { code, requests: Number(/http_reqs\.*: (\d+)/.exec(output)?.[1] ?? 0) };
}
