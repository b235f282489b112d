import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Count, judged } from './Count';
import { startPostgres } from './startPostgres';
import { cli, runProgram } from './runProgram';
import type { Suite } from './Suite';

/** Unit and plugin tests of all packages, those with a database on SQLite and on a PostgreSQL of their own. */
export const jest: Suite = {
  name: 'jest',
  about: 'unit, plugin and sandbox tests of all packages (2 to 5 min)',
  async run() {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-jest-'));
    const report = join(folder, 'report.json');
    const postgres = await startPostgres(join(folder, 'postgres'));
    if (!postgres)
      console.log('PostgreSQL is not installed: its half of the database tests is skipped');
    try {
      const { code } = await runProgram([cli, 'repo', 'test', '--json', `--outputFile=${report}`], {
        CI: '1',
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        ...(postgres && { BACKSTAGE_TEST_DATABASE_POSTGRES16_CONNECTION_STRING: postgres.url }),
      });
      return judged(countOf(await readReport(report), postgres !== undefined), code);
    } finally {
      await postgres?.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

interface JestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  /** Files that did not even load. */
  numRuntimeErrorTestSuites: number;
}

/** A jest that died has left none. */
async function readReport(file: string): Promise<JestReport | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text && JSON.parse(text);
}

function countOf(report: JestReport | undefined, complete: boolean): Count {
  const missing = complete ? 0 : 1;
  const { numFailedTests = 0, numRuntimeErrorTestSuites = 0 } = report ?? {};
  return {
    passed: report?.numPassedTests ?? 0,
    // Where everything must be there, a database that is not is a failure.
    failed: numFailedTests + numRuntimeErrorTestSuites + (process.env.CI ? missing : 0),
    skipped: (report?.numPendingTests ?? 0) + (process.env.CI ? 0 : missing),
  };
}
