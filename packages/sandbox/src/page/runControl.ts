import { parseArgs } from 'node:util';
import type { SandboxStatus } from './sandboxStatus';

export interface ControlOptions {
  args: readonly string[];
  /** Address of the sandbox that is running, if one is. */
  running: () => string | undefined;
  fetch: typeof fetch;
  print: (line: string) => void;
}

export const USAGE = `npm run sandbox -- <command> [--url <address>]

  list                        what can be broken, and how
  break <workload> [fault]    break a workload, by the first fault of the list or the named one
  mend <workload>             make it well again
  status                      workloads, applications and repositories as they are now
`;

/** Carries out one command of `npm run sandbox`; returns the exit code. */
export async function runControl(options: ControlOptions): Promise<number> {
  const { args, running, print } = options;
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { url: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const [command, workload, fault] = positionals;
  if (values.help || !command) {
    print(USAGE);
    return values.help ? 0 : 2;
  }
  const url = values.url ?? running();
  if (!url) throw new Error('no sandbox is running: start one with npm start');
  const ask = (path: string, body?: object) => askSandbox(options.fetch, url, path, body);
  switch (command) {
    case 'list':
      printFaults(await status(ask), print);
      return 0;
    case 'status':
      printStatus(await status(ask), print);
      return 0;
    case 'break': {
      if (!workload) throw new Error('break: name a workload');
      const broken = await ask('/control/break', { workload, ...(fault && { fault }) });
      print(`${broken.workload} has ${broken.fault} now`);
      return 0;
    }
    case 'mend': {
      if (!workload) throw new Error('mend: name a workload');
      print(`${(await ask('/control/mend', { workload })).workload} is being mended`);
      return 0;
    }
    default:
      print(USAGE);
      return 2;
  }
}

type Ask = (path: string, body?: object) => Promise<Record<string, unknown>>;

const status = async (ask: Ask): Promise<SandboxStatus> =>
  (await ask('/control/status')) as unknown as SandboxStatus;

async function askSandbox(
  request: typeof fetch,
  url: string,
  path: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const init = body && {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
  const response = await request(new URL(path, url), init).catch(error => {
    throw new Error(`the sandbox at ${url} does not answer`, { cause: error });
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(String(answer.message));
  return answer;
}

function printFaults({ workloads, faults }: SandboxStatus, print: (line: string) => void): void {
  print('Workloads');
  for (const { namespace, name, fault } of workloads) {
    print(`  ${namespace}/${name}${fault ? `  (${fault})` : ''}`);
  }
  print('Faults');
  const width = Math.max(0, ...faults.map(({ name }) => name.length));
  for (const { name, description } of faults) print(`  ${name.padEnd(width)}  ${description}`);
}

function printStatus(
  { workloads, applications, repositories }: SandboxStatus,
  print: (line: string) => void,
): void {
  printTable(
    ['WORKLOAD', 'READY', 'FAULT'],
    workloads.map(({ namespace, name, ready, wanted, fault = '' }) => [
      `${namespace}/${name}`,
      `${ready}/${wanted}`,
      fault,
    ]),
    print,
  );
  printTable(
    ['APPLICATION', 'SYNC', 'HEALTH', 'REVISION'],
    applications.map(({ name, sync, health, revision }) => [name, sync, health, revision]),
    print,
  );
  printTable(
    ['REPOSITORY', 'LAST CHANGE'],
    repositories.map(({ name, updatedAt }) => [name, updatedAt]),
    print,
  );
}

function printTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  print: (line: string) => void,
): void {
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map(row => row[column].length)));
  for (const row of table) {
    print(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    );
  }
  print('');
}
